// Where the window is: #/page/id. Forty lines, because that is all a desk without a server needs.

import type { PageName } from './pages';

export interface Route {
  page: PageName | null;
  /** What the page shows: a day, a booking, a sale. */
  id: string | null;
}

let known: (name: string) => name is PageName;
let home: PageName;

function read(): Route {
  const [, name = '', id] = location.hash.split('/');
  if (!name) return { page: home, id: null };
  return { page: known(name) ? name : null, id: id ? decodeURIComponent(id) : null };
}

class Router {
  route = $state.raw<Route>({ page: null, id: null });

  /** Starts to follow the address; `isPage` and `start` come from the list of pages. */
  follow(isPage: (name: string) => name is PageName, start: PageName): () => void {
    known = isPage;
    home = start;
    const turn = () => (this.route = read());
    turn();
    addEventListener('hashchange', turn);
    return () => removeEventListener('hashchange', turn);
  }
}

export const router = new Router();

export function href(page: PageName, id?: string): string {
  return id ? `#/${page}/${encodeURIComponent(id)}` : `#/${page}`;
}

export function go(page: PageName, id?: string) {
  location.hash = href(page, id);
}
