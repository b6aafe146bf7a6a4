// What is said about a password or PIN while it is typed. Rust decides.

/** Old enough for a reminder; nobody is forced (D11). */
export function passwordOld(days: number): boolean {
  return days > 90;
}

export function isPin(text: string): boolean {
  return /^\d{4,8}$/.test(text);
}
