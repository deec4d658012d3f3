// The recogniser as the window's worker starts it, for one strip: answers with the row's characters.
import { startRecogniser } from '../../renderer/lib/reader/recogniser.ts';
import type { GreyImage } from '../../shared/vision/types.ts';

self.onmessage = async ({ data: strip }: MessageEvent<GreyImage>) => {
  try {
    const recognise = await startRecogniser(location.origin);
    postMessage((await recognise(strip)).map(({ char }) => char).join(''));
  } catch (error) {
    postMessage(String(error));
  }
};
