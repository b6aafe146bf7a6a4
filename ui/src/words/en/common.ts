// Words every room shares.

import { plural } from '../plural';

export const common = {
  save: 'Save',
  cancel: 'Cancel',
  close: 'Close',
  back: 'Back',
  next: 'Next',
  done: 'Done',
  undo: 'Undo',
  retry: 'Try again',
  edit: 'Edit',
  remove: 'Remove',
  none: 'none',
  show: 'Show',
  hide: 'Hide',
  copy: 'Copy',
  copied: 'Copied. The clipboard is cleared in 60 seconds.',
  search: 'Search',
  optional: 'optional',
  required: 'This is needed.',
  loading: 'Loading',
  saving: 'Saving',
  needsCode: 'needs the master code',
  demo: 'Demo',
  minutes: (n: number) => `${n} min`,
  seconds: (n: number) => plural(n, { one: '1 second', other: `${n} seconds` }),
  hours: (text: string) => `${text} h`,
  code: (correlation: string) => `Code ${correlation}`,
  roles: {
    owner: 'Owner',
    admin: 'Manager',
    assistant: 'Reception',
    artist: 'Artist',
    apprentice: 'Apprentice',
  },
  actions: {
    openCombobox: 'Show choices',
  },
};
