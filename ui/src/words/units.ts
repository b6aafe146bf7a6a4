// More than one of something, where its unit is a word that the desk knows; any other stays as somebody wrote it.

const MANY: Record<string, string> = {
  bag: 'bags',
  bottle: 'bottles',
  box: 'boxes',
  jar: 'jars',
  pack: 'packs',
  pair: 'pairs',
  piece: 'pieces',
  roll: 'rolls',
  set: 'sets',
  sheet: 'sheets',
  tube: 'tubes',
  bolsa: 'bolsas',
  botella: 'botellas',
  caja: 'cajas',
  frasco: 'frascos',
  hoja: 'hojas',
  juego: 'juegos',
  paquete: 'paquetes',
  par: 'pares',
  pieza: 'piezas',
  rollo: 'rollos',
  tubo: 'tubos',
};

/** The unit as it is said after a number: 1 piece, 2 pieces. */
export function unitOf(n: number, unit: string): string {
  return n === 1 ? unit : (MANY[unit.toLowerCase()] ?? unit);
}
