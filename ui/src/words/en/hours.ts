export const hours = {
  title: 'Opening hours',
  opens: (day: string) => `${day} opens`,
  closes: (day: string) => `${day} closes`,
  closed: 'Closed',
  copy: 'Same on all open days',
  backwards: 'Closes before it opens.',
};
