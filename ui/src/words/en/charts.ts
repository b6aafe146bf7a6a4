// What stands around every chart.

export const charts = {
  asTable: 'Show as table',
  asChart: 'Show as chart',
  empty: 'Nothing to show for this time.',
  day: 'Day',
};
