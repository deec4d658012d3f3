// How the C library is to give memory back, as environment of every process that works on pictures.

/**
 * For glibc; elsewhere nobody reads it. A decoded picture is a block of many megabytes. By itself glibc learns from the
 * first one that is freed to keep such blocks, for each thread that decodes: the station grew by some 90 MiB with
 * each picture of 12 megapixels. Blocks from one MiB go back to the system at once; two pools serve all threads.
 */
export const ALLOCATOR = { MALLOC_ARENA_MAX: '2', MALLOC_MMAP_THRESHOLD_: '1048576' } as const;
