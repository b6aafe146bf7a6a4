import type { Messages } from '../en';
import { agenda } from './agenda';
import { common } from './common';
import { errors } from './errors';
import { firstRun } from './first-run';
import { hours } from './hours';
import { shell } from './shell';
import { signIn } from './sign-in';

export const esMX = { common, errors, shell, signIn, agenda, firstRun, hours } satisfies Messages;
