// The pages of the desk, in the order of the rail. A page that no person of this role may open is not there at all.

import CalendarDays from '@lucide/svelte/icons/calendar-days';
import ChartColumn from '@lucide/svelte/icons/chart-column';
import CreditCard from '@lucide/svelte/icons/credit-card';
import House from '@lucide/svelte/icons/house';
import Images from '@lucide/svelte/icons/images';
import Package from '@lucide/svelte/icons/package';
import ReceiptText from '@lucide/svelte/icons/receipt-text';
import ScrollText from '@lucide/svelte/icons/scroll-text';
import SettingsIcon from '@lucide/svelte/icons/settings';
import UserCog from '@lucide/svelte/icons/user-cog';
import UserRound from '@lucide/svelte/icons/user-round';
import Users from '@lucide/svelte/icons/users';
import Wallet from '@lucide/svelte/icons/wallet';
import type { Component } from 'svelte';
import type { Action } from '../../bindings';
import { session } from '../door/session.svelte';
import { t } from '../words/index.svelte';
import Activity from '../rooms/activity/Activity.svelte';
import Agenda from '../rooms/agenda/Agenda.svelte';
import Clients from '../rooms/clients/Clients.svelte';
import Cash from '../rooms/drawer/Cash.svelte';
import Me from '../rooms/me/Me.svelte';
import Today from '../rooms/my-day/Today.svelte';
import Portfolio from '../rooms/portfolio/Portfolio.svelte';
import Reports from '../rooms/reports/Reports.svelte';
import Sales from '../rooms/sales/Sales.svelte';
import Settings from '../rooms/settings/Settings.svelte';
import Staff from '../rooms/staff/Staff.svelte';
import Stock from '../rooms/stock/Stock.svelte';
import Checkout from '../rooms/till/Checkout.svelte';

export interface Page {
  title: () => string;
  icon: Component<{ size?: number }>;
  /** One of these rights opens it; an empty list opens it to everybody who is signed in. */
  opens: Action[];
  /** Not in the rail: opened from another page. */
  aside?: true;
  room: Component<{ id: string | null }>;
}

export const pages = {
  board: {
    title: () => (session.policy('agenda.complete') === 'own' ? t.myDay.title : t.board.title),
    icon: House,
    opens: ['agenda.board', 'agenda.complete'],
    room: Today,
  },
  agenda: { title: () => t.shell.pages.agenda, icon: CalendarDays, opens: ['agenda.view'], room: Agenda },
  clients: { title: () => t.clients.title, icon: Users, opens: ['clients.view'], room: Clients },
  checkout: { title: () => t.till.title, icon: CreditCard, opens: ['till.sell'], room: Checkout },
  sales: { title: () => t.sales.title, icon: ReceiptText, opens: ['reports.view_tx'], room: Sales },
  cash: { title: () => t.shell.pages.cash, icon: Wallet, opens: ['till.open_session'], room: Cash },
  reports: {
    title: () => (session.policy('reports.view') === 'own' ? t.reports.mine : t.reports.title),
    icon: ChartColumn,
    opens: ['reports.view'],
    room: Reports,
  },
  stock: { title: () => t.stock.title, icon: Package, opens: ['inventory.view'], room: Stock },
  portfolio: { title: () => t.portfolio.title, icon: Images, opens: ['portfolio.view'], room: Portfolio },
  staff: { title: () => t.staff.title, icon: UserCog, opens: ['staff.view'], room: Staff },
  activity: { title: () => t.activity.title, icon: ScrollText, opens: ['security.audit'], room: Activity },
  settings: { title: () => t.settings.title, icon: SettingsIcon, opens: ['security.settings'], room: Settings },
  me: { title: () => t.me.title, icon: UserRound, opens: [], aside: true, room: Me },
} satisfies Record<string, Page>;

export type PageName = keyof typeof pages;

export const home: PageName = 'agenda';

export function isPage(name: string): name is PageName {
  return Object.hasOwn(pages, name);
}

export function page(name: PageName): Page {
  return pages[name];
}

export function mayOpen(name: PageName): boolean {
  const { opens } = page(name);
  return opens.length === 0 || opens.some((action) => session.can(action));
}
