// PDFs for the tests, written by hand: scans of one or more pages, one locked by a password, one of fax print.
import sharp from 'sharp';

interface PageImage {
  /** As the PDF names it: a JPEG file as it is, or rows packed by the fax rules. */
  filter: 'DCTDecode' | 'CCITTFaxDecode';
  width: number;
  height: number;
  bytes: Buffer;
}

/** Objects 1 to n as the bytes of a file with its table at the end. */
function fileOf(objects: readonly Buffer[], trailer: string): Buffer {
  const parts = [Buffer.from('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n', 'latin1')];
  const offsets: number[] = [];
  let length = parts[0]!.length;
  for (const [at, object] of objects.entries()) {
    offsets.push(length);
    const whole = Buffer.concat([Buffer.from(`${at + 1} 0 obj\n`), object, Buffer.from('\nendobj\n')]);
    parts.push(whole);
    length += whole.length;
  }
  const rows = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const table = `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${rows}`;
  const end = `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R ${trailer} >>\nstartxref\n${length}\n%%EOF\n`;
  return Buffer.concat([...parts, Buffer.from(table + end)]);
}

/** Words that scanners lay over and under the picture, in fonts that the file does not hold. */
const FONTS = ['Helvetica', 'Times-Roman', 'Courier', 'Symbol', 'Arial']
  .map(
    (name) =>
      `/${name} << /Type /Font /Subtype /${name === 'Arial' ? 'TrueType' : 'Type1'} /BaseFont /${name} >>`,
  )
  .join(' ');
const WORDS =
  'BT /Helvetica 9 Tf 20 20 Td (Scanned) Tj /Times-Roman 9 Tf (today) Tj /Courier 9 Tf (1) Tj /Symbol 9 Tf (a) Tj ET ' +
  'BT 3 Tr /Arial 9 Tf 60 60 Td (found by a recogniser) Tj ET';

function streamOf(dictionary: string, bytes: Buffer): Buffer {
  const head = `<< ${dictionary} /Length ${bytes.length} >>\nstream\n`;
  return Buffer.concat([Buffer.from(head), bytes, Buffer.from('\nendstream')]);
}

/** Each image fills a page of its own, as scanners write them. */
function pdfOf(images: readonly PageImage[], dotsPerInch: number, trailer = ''): Buffer {
  const pageAt = (index: number) => 3 + index * 3;
  const kids = images.map((_, index) => `${pageAt(index)} 0 R`).join(' ');
  const pages = images.flatMap(({ filter, width, height, bytes }, index) => {
    const at = pageAt(index);
    const [w, h] = [width, height].map((pixels) => ((pixels * 72) / dotsPerInch).toFixed(3));
    const fax = filter === 'CCITTFaxDecode';
    const dictionary = [
      `/Type /XObject /Subtype /Image /Width ${width} /Height ${height} /Filter /${filter}`,
      fax
        ? `/ColorSpace /DeviceGray /BitsPerComponent 1 /DecodeParms << /K -1 /Columns ${width} /Rows ${height} >>`
        : '/ColorSpace /DeviceRGB /BitsPerComponent 8',
    ].join(' ');
    return [
      Buffer.from(
        `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${w} ${h}] /Contents ${at + 1} 0 R ` +
          `/Resources << /XObject << /I ${at + 2} 0 R >> /Font << ${FONTS} >> >> >>`,
      ),
      streamOf('', Buffer.from(`q ${w} 0 0 ${h} 0 0 cm /I Do Q ${WORDS}`)),
      streamOf(dictionary, bytes),
    ];
  });
  const catalogue = Buffer.from('<< /Type /Catalog /Pages 2 0 R >>');
  const tree = Buffer.from(`<< /Type /Pages /Kids [${kids}] /Count ${images.length} >>`);
  return fileOf([catalogue, tree, ...pages], trailer);
}

/** One page with one picture that is described and packed in any way; null: it is named and not there. */
export function picturePdf(dictionary: string, bytes: Buffer | null): Buffer {
  const resources = '/Resources << /XObject << /I 5 0 R >> >>';
  const page = `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 360 323] /Contents 4 0 R ${resources} >>`;
  const words = 'q 0.8 g 0 0 60 60 re f 360 0 0 323 0 0 cm /I Do Q';
  const objects = [
    Buffer.from('<< /Type /Catalog /Pages 2 0 R >>'),
    Buffer.from('<< /Type /Pages /Kids [3 0 R] /Count 1 >>'),
    Buffer.from(page),
    streamOf('', Buffer.from(words)),
    ...(bytes === null ? [] : [streamOf(`/Type /XObject /Subtype /Image ${dictionary}`, bytes)]),
  ];
  return fileOf(objects, '');
}

async function jpegPage(jpeg: Buffer): Promise<PageImage> {
  const { width, height } = await sharp(jpeg).metadata();
  return { filter: 'DCTDecode', width, height, bytes: jpeg };
}

/** A scan of these pictures, a page each. */
export async function scanPdf(jpegs: readonly Buffer[], dotsPerInch = 300): Promise<Buffer> {
  return pdfOf(await Promise.all(jpegs.map(jpegPage)), dotsPerInch);
}

/** The same as a black and white scanner packs it: fax group 4, taken out of a TIFF of one strip. */
export async function faxPdf(jpeg: Buffer): Promise<Buffer> {
  const { height } = await sharp(jpeg).metadata();
  const { data, info } = await sharp(jpeg)
    .greyscale()
    .threshold(110)
    .toColourspace('b-w')
    .tiff({
      compression: 'ccittfax4',
      bitdepth: 1,
      miniswhite: true,
      tileHeight: Math.ceil(height / 16) * 16,
    })
    .toBuffer({ resolveWithObject: true });
  return pdfOf(
    [{ filter: 'CCITTFaxDecode', width: info.width, height: info.height, bytes: stripsOf(data) }],
    300,
  );
}

/** The one strip of a little-endian TIFF; tags 273 and 279 say where it lies. */
function stripsOf(tiff: Buffer): Buffer {
  const directory = tiff.readUInt32LE(4);
  const tags = new Map<number, { count: number; value: number }>();
  for (let entry = 0; entry < tiff.readUInt16LE(directory); entry += 1) {
    const at = directory + 2 + entry * 12;
    const short = tiff.readUInt16LE(at + 2) === 3;
    const value = short ? tiff.readUInt16LE(at + 8) : tiff.readUInt32LE(at + 8);
    tags.set(tiff.readUInt16LE(at), { count: tiff.readUInt32LE(at + 4), value });
  }
  const [offset, length] = [tags.get(273), tags.get(279)];
  if (offset?.count !== 1 || length === undefined) throw new Error('this TIFF has more than one strip');
  return tiff.subarray(offset.value, offset.value + length.value);
}

/** Locked by a password that nobody knows. */
export async function lockedPdf(jpeg: Buffer): Promise<Buffer> {
  const secret = 'ab'.repeat(32);
  const lock = `/Encrypt << /Filter /Standard /V 1 /R 2 /O <${secret}> /U <${secret}> /P -44 >>`;
  return pdfOf([await jpegPage(jpeg)], 300, `${lock} /ID [<${secret}> <${secret}>]`);
}
