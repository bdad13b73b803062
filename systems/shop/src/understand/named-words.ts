import { english } from '../language/lexicon.ts'

/** Colour names of everyday English. A "colour" that holds none of them is often a variant's nickname. */
export const colorWords: ReadonlySet<string> = new Set(
  'black white red green blue yellow orange purple pink brown gray beige ivory navy teal turquoise cyan magenta maroon burgundy lilac lavender violet indigo gold golden silver bronze copper rose khaki olive mint tan taupe charcoal coral peach salmon mustard emerald ruby sapphire champagne nude camel chocolate multicolor multi rainbow transparent clear crimson scarlet fuchsia plum apricot aqua azure denim wine rust sand color light dark pastel neon'
    .split(' ')
    .map((word) => english.meaning(word)),
)

/** What goods are made of, in everyday English. */
export const materialWords: ReadonlySet<string> = new Set(
  'leather cotton polyester nylon wool silk linen denim velvet suede canvas fleece cashmere spandex elastane lycra rayon viscose acrylic satin lace mesh chiffon jersey flannel corduroy rubber silicone plastic abs pvc pu tpu pp pe petg polypropylene polycarbonate vinyl foam latex metal steel stainless iron aluminum alloy brass copper bronze zinc titanium gold silver platinum pewter wood wooden bamboo oak pine walnut teak rattan wicker paper cardboard glass crystal ceramic porcelain clay stone marble granite concrete resin carbon fiber fiberglass microfiber bone shell pearl feather fur faux cork straw jute hemp felt tulle eva neoprene plush tungsten chrome cloth fabric synthetic'
    .split(' ')
    .map((word) => english.meaning(word)),
)
