// Handing a paper out: on the receipt printer where the studio has one, else through the computer's own print dialog; as
// a PDF; as a mail. What became of it stays beside the buttons.

import type { PaperFile, Way } from '../../../bindings';
import { tick } from 'svelte';
import { ask } from '../../door/ask';
import { unlocked } from '../../door/elevation.svelte';
import { Failure } from '../../door/failure';
import { openMail } from '../../door/link';
import { printPage } from '../../door/paper';
import { saveFile } from '../../door/save';
import { studio } from '../../door/studio.svelte';
import { sentence, t } from '../../words/index.svelte';

/** What is handed out: a receipt by its number, a closing, or the open drawer's day. */
export type What = { receipt: number } | { z: number } | 'x';

interface Handed {
  copy?: boolean;
  file?: PaperFile | null;
  letter?: { to: string; subject: string; text: string } | null;
}

function send(what: What, way: Way): Promise<Handed | undefined> {
  if (what === 'x') {
    // While a blind count is due, the sums are for those who may close the drawer.
    const show = () => ask('reports.print_x', { way });
    return studio.settings?.blind_count ? unlocked('reports.cash_close', t.cash.x.title, show) : show();
  }
  if ('z' in what)
    return unlocked('reports.cash_close', t.cash.z.label(what.z), () => ask('reports.print_z', { z: what.z, way }));
  return ask('till.print', { receipt: what.receipt, way });
}

export class Handing {
  busy = $state<Way | null>(null);
  /** What went well, in the person's words. */
  said = $state<string | null>(null);
  problem = $state<string | null>(null);
  /** What to try again. */
  failed = $state<Way | null>(null);
  /** The paper of the last time says that it is a copy. */
  copy = $state(false);

  /** `mail` is where a receipt goes to, where this desk knows better than the file. */
  async out(what: What, way: Way, mail = '') {
    if (this.busy) return;
    this.busy = way;
    this.said = this.problem = this.failed = null;
    try {
      const handed = await send(what, way);
      if (!handed) return;
      this.copy = handed.copy ?? false;
      this.said = await this.finish(handed, way, mail);
    } catch (cause) {
      if (Failure.from(cause).late) return;
      this.problem = sentence(cause);
      this.failed = way;
    } finally {
      this.busy = null;
    }
  }

  private async finish(handed: Handed, way: Way, mail: string): Promise<string> {
    const words = t.printing.done;
    if (way === 'page') {
      // The paper is drawn with its mark of a copy before the window prints it.
      await tick();
      await printPage();
      return words.page;
    }
    if (way === 'pdf' && handed.file) return words.pdf(await saveFile(handed.file));
    if (way === 'mail' && handed.letter) {
      const { to, subject, text } = handed.letter;
      await openMail(mail || to, subject, text);
      return words.mail;
    }
    return this.copy ? words.copy : words.printer;
  }
}

/** Whether the studio has a receipt printer. */
export function hasPrinter(): boolean {
  return (studio.settings?.printer_host ?? '') !== '';
}
