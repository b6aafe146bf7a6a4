// A part of a picture: in the picture's own pixels, and where it stands on the screen.

import type { PortfolioCrop } from '../../../bindings';

/** The shortest side that Rust cuts, unless the picture's own is shorter. */
const SHORTEST = 64;

export interface Size {
  width: number;
  height: number;
}

/** How wide a part is by its height; undefined where every form will do. */
export type Ratio = number | undefined;

export const shapes = { free: undefined, square: 1, tall: 4 / 5 } as const satisfies Record<string, Ratio>;
export type Shape = keyof typeof shapes;

const within = (value: number, least: number, most: number) => Math.min(Math.max(value, least), most);

/** The least that a part may measure. */
export function leastOf({ width, height }: Size): Size {
  return { width: Math.min(SHORTEST, width), height: Math.min(SHORTEST, height) };
}

/** From the screen, where the whole picture is as large as `shown`, to the picture's own pixels. */
export function partOf(view: PortfolioCrop, shown: Size, whole: Size, ratio: Ratio): PortfolioCrop {
  const least = leastOf(whole);
  const [across, down] = [whole.width / shown.width, whole.height / shown.height];
  const width = within(Math.round(view.width * across), least.width, whole.width);
  const wanted = ratio === undefined ? view.height * down : width / ratio;
  const height = within(Math.round(wanted), least.height, whole.height);
  return {
    x: within(Math.round(view.x * across), 0, whole.width - width),
    y: within(Math.round(view.y * down), 0, whole.height - height),
    width,
    height,
  };
}

/** And back. */
export function viewOf(part: PortfolioCrop, shown: Size, whole: Size): PortfolioCrop {
  const [across, down] = [shown.width / whole.width, shown.height / whole.height];
  return { x: part.x * across, y: part.y * down, width: part.width * across, height: part.height * down };
}

/** The same part in another form: around the same middle, as large as it was where there is room. */
export function reshaped(part: PortfolioCrop, ratio: number, whole: Size): PortfolioCrop {
  const least = leastOf(whole);
  const widest = Math.min(whole.width, whole.height * ratio);
  const narrowest = Math.min(widest, Math.max(least.width, least.height * ratio));
  const width = within(Math.sqrt(part.width * part.height * ratio), narrowest, widest);
  const height = width / ratio;
  return {
    x: within(part.x + (part.width - width) / 2, 0, whole.width - width),
    y: within(part.y + (part.height - height) / 2, 0, whole.height - height),
    width,
    height,
  };
}

/** The form that a part was cut in. */
export function shapeOf(part: PortfolioCrop | null): Shape {
  const like = (ratio: number) => part !== null && Math.abs(part.width - part.height * ratio) < 1;
  if (like(shapes.square)) return 'square';
  return like(shapes.tall) ? 'tall' : 'free';
}

export function isWhole(part: PortfolioCrop, whole: Size): boolean {
  return part.width === whole.width && part.height === whole.height;
}
