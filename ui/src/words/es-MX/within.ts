/** A day as it stands within a sentence: "Sábado, 14 de noviembre" begins small there. */
export const within = (day: string) => day.charAt(0).toLocaleLowerCase('es') + day.slice(1);
