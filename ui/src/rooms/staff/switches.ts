// The switches of one member as a page edits them before they are saved together (A016).

import type { SwitchName, SwitchState } from '../../../bindings';
import { lastDay } from './directory';

export type Setting = 'role' | 'on' | 'off';

export interface TypedSwitch {
  setting: Setting;
  /** The last day it holds; empty for no end. */
  day: string;
  reason: string;
}

/** What a switch is worth while nobody set it. A word beside the choice; Rust decides. */
export const usually = {
  view_shop_calendar: 'on',
  manage_shop_calendar: 'off',
  view_shop_clients: 'on',
  manage_shop_clients: 'off',
  reception_board: 'off',
  view_shop_analytics: 'off',
  view_client_contacts: 'on',
} satisfies Record<SwitchName, 'on' | 'off'>;

export const switchNames = Object.keys(usually) as SwitchName[];

export function typedSwitches(kept: readonly SwitchState[]): Record<SwitchName, TypedSwitch> {
  return Object.fromEntries(
    switchNames.map((name) => {
      const set = kept.find((each) => each.name === name);
      return [
        name,
        {
          setting: set === undefined ? 'role' : set.on ? 'on' : 'off',
          day: set?.until == null ? '' : lastDay(set.until),
          reason: set?.reason ?? '',
        } satisfies TypedSwitch,
      ];
    }),
  ) as Record<SwitchName, TypedSwitch>;
}

/** Those that were changed: a switch as the role has neither an end nor a reason. */
export function changedSwitches(kept: readonly SwitchState[], typed: Record<SwitchName, TypedSwitch>): SwitchName[] {
  const before = typedSwitches(kept);
  return switchNames.filter((name) => {
    const [was, is] = [before[name], typed[name]];
    if (was.setting !== is.setting) return true;
    return is.setting !== 'role' && (was.day !== is.day || was.reason !== is.reason.trim());
  });
}
