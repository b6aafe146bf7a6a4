// English, composed of one section a room. Its shape is the shape every other language must have.

import { activity } from './activity';
import { agenda } from './agenda';
import { backups } from './backups';
import { board } from './board';
import { cash } from './cash';
import { charts } from './charts';
import { clients } from './clients';
import { common } from './common';
import { consent } from './consent';
import { errors } from './errors';
import { firstRun } from './first-run';
import { hours } from './hours';
import { me } from './me';
import { moving } from './moving';
import { myDay } from './my-day';
import { pictures } from './pictures';
import { portfolio } from './portfolio';
import { printing } from './printing';
import { reports } from './reports';
import { rights } from './rights';
import { sales } from './sales';
import { settings } from './settings';
import { shell } from './shell';
import { signIn } from './sign-in';
import { staff } from './staff';
import { stock } from './stock';
import { till } from './till';

export const en = {
  common,
  errors,
  shell,
  signIn,
  activity,
  agenda,
  backups,
  board,
  firstRun,
  hours,
  cash,
  charts,
  till,
  sales,
  reports,
  settings,
  staff,
  rights,
  me,
  clients,
  consent,
  stock,
  moving,
  myDay,
  pictures,
  portfolio,
  printing,
};

export type Messages = typeof en;
