// English, composed of one section a room. Its shape is the shape every other language must have.

import { agenda } from './agenda';
import { common } from './common';
import { errors } from './errors';
import { firstRun } from './first-run';
import { hours } from './hours';
import { shell } from './shell';
import { signIn } from './sign-in';

export const en = { common, errors, shell, signIn, agenda, firstRun, hours };

export type Messages = typeof en;
