/** Plurals and other forms that no suffix rule gets right. */
const irregular = new Map<string, string>(
  Object.entries({
    men: 'man',
    mens: 'man',
    womens: 'woman',
    childrens: 'child',
    peoples: 'person',
    women: 'woman',
    children: 'child',
    feet: 'foot',
    teeth: 'tooth',
    mice: 'mouse',
    geese: 'goose',
    people: 'person',
    knives: 'knife',
    shelves: 'shelf',
    leaves: 'leaf',
    scarves: 'scarf',
    wolves: 'wolf',
    halves: 'half',
    loaves: 'loaf',
    calves: 'calf',
    wives: 'wife',
    hooves: 'hoof',
    dice: 'die',
    clothes: 'cloth',
    lens: 'lens',
    lenses: 'lens',
    gas: 'gas',
    gases: 'gas',
    bus: 'bus',
    buses: 'bus',
    series: 'series',
    species: 'species',
    jeans: 'jean',
    axes: 'axe',
    movies: 'movie',
    canvas: 'canvas',
    canvases: 'canvas',
    christmas: 'christmas',
    plus: 'plus',
    less: 'less',
  }),
)

const vowel = /[aeiouy]/

/**
 * Light stem: singular form only (a subset of Harman's S-stemmer, 1991, with irregular forms). Words that differ in
 * more than number (`bear`, `bearing`) stay apart. Takes one lower-case word.
 */
export function stem(word: string): string {
  if (word.length < 3) return word
  const known = irregular.get(word)
  if (known !== undefined) return known
  if (!word.endsWith('s')) return word.endsWith('ie') && word.length > 4 ? `${word.slice(0, -2)}y` : word
  if (/(?:ss|us|is)$/.test(word)) return word
  if (word.endsWith('ies')) return word.length > 4 ? `${word.slice(0, -3)}y` : word.slice(0, -1)
  if (/(?:sses|shes|ches|xes|zzes)$/.test(word)) return word.slice(0, -2)
  if (word.length === 3) return /[^aeiou]s$/.test(word) || word.endsWith("'s") ? word.slice(0, -1) : word
  return word.slice(0, -1)
}

const derivations: readonly [suffix: string, leastStem: number][] = [
  ['ization', 4],
  ['isation', 4],
  ['ability', 4],
  ['ational', 4],
  ['ations', 4],
  ['ation', 4],
  ['ition', 4],
  ['ator', 4],
  ['ment', 4],
  ['ness', 4],
  ['able', 4],
  ['ible', 4],
  ['ical', 4],
  ['ally', 4],
  ['ize', 4],
  ['ise', 4],
  ['ion', 4],
  ['ive', 4],
  ['ate', 4],
  ['ist', 4],
  ['ful', 4],
  ['ing', 3],
  ['ed', 3],
  ['er', 3],
  ['or', 4],
  ['ic', 4],
  ['al', 4],
  ['ly', 4],
]

/**
 * Root that related forms share (`refrigerator`, `refrigeration`; `cutter`, `cutting`): one derivational suffix off
 * the light stem, doubled consonant undone, final e or y dropped. Matches by root count for less than by stem.
 */
export function root(word: string): string {
  let base = stem(word)
  if (base.length < 5 || /\d/.test(base))
    return base.length > 3 && base.endsWith('e') ? base.slice(0, -1) : base
  for (const [suffix, least] of derivations) {
    if (!base.endsWith(suffix)) continue
    const rest = base.slice(0, -suffix.length)
    if (rest.length < least || !vowel.test(rest)) continue
    base = /([bdfgmnprt])\1$/.test(rest) ? rest.slice(0, -1) : rest
    break
  }
  return base.length > 3 && /[ey]$/.test(base) ? base.slice(0, -1) : base
}
