import { byName } from './by-name.ts'
import { columnKey } from './columns.ts'
import type { ColumnProfile } from './column-profile.ts'

/**
 * What a column of amounts is, by what its name adds to a word for price: what is paid now (`offer`), what was paid before
 * (`former`), what the shop pays (`cost`), what a measure costs (`measure`), without or with tax (`net`, `gross`), what comes on
 * top (`extra`), how much is taken off (`off`), one end of a range (`low`, `high`), all of it together (`total`), or a price and no more.
 */
export type PriceSense =
  | 'price'
  | 'offer'
  | 'former'
  | 'cost'
  | 'measure'
  | 'net'
  | 'gross'
  | 'extra'
  | 'off'
  | 'low'
  | 'high'
  | 'total'

/** Words for a price, alone or glued to another, in the languages that feeds are in. */
const head =
  /price|pric(?=_|$)|precio|prix|preis|prezz[oi]|pre[cç]o|prijs|pris(?=er|en|_|$|[a-zåäö]{3})|pvp|tarif|цена|цен[аы]|cena|harga|fiyat|amount|importe|betrag|bedrag|belopp|montant|importo/u

/** What stands beside it, by sense; the first that fits holds. Words are those of English, German, French, Spanish, Italian, Portuguese, Dutch and Swedish. */
const beside: readonly (readonly [PriceSense, RegExp])[] = [
  [
    'measure',
    /(?:^|_)(?:kilo|chilo|kg|kilogramm?|lit(?:ro|re|er)|etto|100_?(?:g|gr|ml)|m2|qm|ml|oz|lb|measure|metro|meter)(?:_|$)|grund|jämför|jamfor|(?:kilo|lit(?:er|re|ro))(?=p)|_per_(?!unit|piece|item)|base_?measure/u,
  ],
  [
    'extra',
    /shipping|delivery|versand|porto|env[ií]o|livraison|spedizion|frete|verzend|frakt|surcharge|charge|aufschlag|aufpreis|supplement|suppl[ée]ment|adjust|modifier|impact|fee|deposit|pfand|steuer|impuesto|imposto|iva_amount|tax_amount|vat_amount/u,
  ],
  [
    'off',
    /percent|prozent|pourcent|porcentaje|porcentagem|saving|ersparnis|rabatt(?!_?p)|discount_(?:rate|value|percentage|amount)|(?:^|_)(?:discount|descuento|desconto|sconto|remise|korting|rabatt|off)$/u,
  ],
  [
    'cost',
    /(?:^|_)(?:cost|costs|ek|buy|buying|purchase|wholesale|trade|dealer|supplier|margin|profit|revenue)(?:_|$)|einkauf|händler|lieferant|achat|compra|acquisto|mayor|atacad|ingrosso|inkoop|inköp|inkop|grossist/u,
  ],
  [
    'former',
    /(?:^|_)(?:was|old|original|originally|former|initial|compare|before|previous|prev|msrp|rrp|mrp|uvp|strike|crossed|full)(?:_|$)|statt|alt(?:er|e)?(?:_|$|p)|vorher|urspr|ancien|barr[ée]|avant|antes|anterior|tachado|precedent|pieno|barrat|listino|vecchio|antig|_de$|oud|van_?p|advies|ordinarie|gammalt|tidigare|стар/u,
  ],
  [
    'offer',
    /sale|special|discount|offer|promo|deal|reduced|final|current|now|angebot|aktion|sonder|sold[ée]|r[ée]duit|oferta|rebaj|descuento|scont|desconto|_por$|aanbied|actie|korting|kampanj|rea(?:_|$|p)|erbjudande|акци/u,
  ],
  [
    'net',
    /(?:^|_)(?:net|netto|ht|excl|exkl|ex_vat|ex_tax)(?:_|$)|netto|tax_excl|sin_iva|sem_iva|senza_iva|excl/u,
  ],
  ['gross', /(?:^|_)(?:gross|brutto|ttc|vat|incl|inkl)(?:_|$)|brutto|tax_incl|con_iva|com_iva|incl/u],
  ['low', /(?:^|_)(?:min|minimum|from|lowest|low|ab|desde|da|vanaf|från)(?:_|$)/u],
  ['high', /(?:^|_)(?:max|maximum|highest|high|bis|hasta|tot)(?:_|$)/u],
  ['total', /(?:^|_)(?:total|gesamt|totale|totaal|totalt)(?:_|$)|gesamt/u],
]

/**
 * Names in which the price is but a side of something else, which is no amount: what it is weighed against ("rapport qualité-prix",
 * "Preis-Leistung"), and a mark, a group, a span or a kind of prices. Germanic languages say what it is last, Romance ones first.
 */
const aside = [
  /qualit|qualid|calid|kvalit|kwalit|leistung|(?:^|_)(?:performances?|prestations?|prestazion[ie]|prestacion(?:es)?|desempenho|prestanda|ratio|value_for)(?:_|$)/u,
  /(?:prices?|pricing|preis|prijs|pris)_?(?:ratings?|scores?|stars|votes?|rank(?:ing)?|index|groups?|range|span|class(?:es)?|categor(?:y|ie)|band|bracket|segment|level|tier|type|code|date|count|rule|notes?|gruppe|groep|grupp|klasse|klass|kategorie?|spanne|stufe|niveau|niv[åa]|bewertung|beoordeling|betyg|v[äa]rd(?:het)?|wert|art|typ|datum)$/u,
  /(?:^|_)(?:groupe|grupo|gruppo|gamme|gama|classe|clase|fascia|faixa|rango|tranche|fourchette|cat[ée]gorie|categor[ií]a|niveau|nivel|n[ií]vel|livello|segmento?|notes?|notas?|voto|score|puntuaci[oó]n|punteggio|pontua[cç][aã]o|avis|valutazione|avalia[cç][aã]o|valoraci[oó]n|tipo|type|[ií]ndice|rapporto?|relaci[oó]n|rela[cç][aã]o|relazione)_(?:d(?:e|i|u|o|os|as|es|el|ei)_)?(?:prix|precios?|prezz[oi]|pre[cç]os?|tarif\w*)$/u,
]

/** What holds marks that goods were given, by shoppers or by who wrote of them. */
const ofMarks =
  /(?:^|_)(?:ratings?|reviews?|scores?|stars|notes?|notas?|avis|vot[io]|betyg)(?:_|$)|bewertung|beoordel|avalia|valoracion|valutazion|puntuacion|punteggi|opini/u

const folded = (name: string): string => columnKey(name).normalize('NFD').replaceAll(/\p{M}/gu, '')

/** Whether a name, or what it stands below, says that it is no amount though it may hold a word for price. */
export const speaksAsideOfPrice = byName((name) => {
  const key = columnKey(name)
  const holders = name.split('.').slice(0, -1)
  return aside.some((words) => words.test(key)) || holders.some((holder) => ofMarks.test(folded(holder)))
})

/** Different marks that a scale of five or ten has in halves, at most. */
const mostMarks = 21
const isMark = (p: ColumnProfile | undefined): boolean =>
  p !== undefined &&
  p.filled > 0 &&
  p.number > 0.9 &&
  p.min >= 0 &&
  p.max <= 10 &&
  p.distinct <= mostMarks &&
  p.money < 0.5

/** Whether a column is one of several marks below the same parent: `test.comfort`, `test.build`, `test.price`. */
export function isOneOfMarks(name: string, profiles: ReadonlyMap<string, ColumnProfile>): boolean {
  const parent = name.slice(0, name.lastIndexOf('.') + 1)
  if (parent === '' || priceSense(parent) !== null || !isMark(profiles.get(name))) return false
  const beside = [...profiles].filter(
    ([other]) => other !== name && other.startsWith(parent) && !other.slice(parent.length).includes('.'),
  )
  return (
    beside.length >= 2 && beside.every(([other, profile]) => isMark(profile) && priceSense(other) === null)
  )
}

/** What a column's name says of its amounts; null where it does not speak of prices. */
export const priceSense = byName((name): PriceSense | null => {
  if (speaksAsideOfPrice(name)) return null
  const key = columnKey(name)
  const isPrice = head.test(key)
  for (const [sense, words] of beside) {
    if (!words.test(key)) continue
    if (isPrice || sense === 'extra' || sense === 'off') return sense
    if (/^(?:was|msrp|rrp|mrp|uvp|wholesale|cost|compare_at)$/.test(key)) return sense
  }
  return isPrice ? 'price' : null
})

/** Whether a name says of itself that its amounts are in the smallest unit: `price_cents`, `amount_minor`, `centAmount`. */
export const namesMinorUnits = (name: string): boolean =>
  /(?:^|_)(?:cents?|minor|centavos|pence|öre|ore|centimes?|unit_amount)(?:_|$)/u.test(columnKey(name))
