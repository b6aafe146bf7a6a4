// Pictures of a visit or of a client.

import { plural } from '../plural';

export const pictures = {
  title: 'Pictures',
  none: 'No pictures yet.',
  add: 'Add pictures',
  adding: (name: string) => `Adding ${name}…`,
  addedN: (n: number) => plural(n, { one: '1 picture is added.', other: `${n} pictures are added.` }),
  refused: (name: string, why: string) => `${name}: ${why}`,
  tooLarge: 'too large: at most 29 MB and 60 megapixels.',
  unreadable: 'cannot be read. It may have been moved; choose it again.',
  cutOff: 'cut off before its end. Copy it from the camera once more.',
  notPicture: 'not a picture that can be read. JPEG, PNG and WebP can.',
  open: (what: string) => `Open ${what}`,
  count: (at: number, of: number) => `${at} of ${of}`,
  previous: 'Previous picture',
  next: 'Next picture',
  kind: 'Kind',
  kinds: { reference: 'Reference', progress: 'In progress', result: 'Result', healed: 'Healed' },
  titleOf: 'Title',
  byWhom: (who: string, when: string) => `${who}, ${when}`,
  remove: 'Remove',
  removed: 'The picture is removed.',
  failed: 'This picture cannot be shown.',
};
