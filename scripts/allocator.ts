// How memory is to be given back, as environment of the processes that work on pictures.

/**
 * For glibc; elsewhere nobody reads it. A decoded picture is a block of many megabytes. By itself glibc learns from the
 * first one that is freed to keep such blocks, for each thread that decodes: the station grew by some 90 MiB with
 * each picture of 12 megapixels. Blocks from one MiB go back to the system at once; two pools serve all threads.
 */
export const ALLOCATOR = { MALLOC_ARENA_MAX: '2', MALLOC_MMAP_THRESHOLD_: '1048576' } as const;

/**
 * For V8, in our own programs: left alone its young generation grows to its largest where much is made and dropped, as
 * in reading. Of 360 readings in a row the process then took 314 MiB, so held 183; what lives after one is 9 MiB.
 */
export const SMALL_YOUNG_GENERATION = { NODE_OPTIONS: '--max-semi-space-size=8' } as const;

/**
 * For the hub: of a report nothing lives longer than its answer. With a small young generation a sixth of the hub's time
 * went into collecting while stations came back; it takes some 70 MiB more.
 */
export const LARGE_YOUNG_GENERATION = { NODE_OPTIONS: '--max-semi-space-size=64' } as const;
