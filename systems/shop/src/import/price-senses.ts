import { columnKey } from './columns.ts'

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

/** What a column's name says of its amounts; null where it does not speak of prices. */
export function priceSense(name: string): PriceSense | null {
  const key = columnKey(name)
  const isPrice = head.test(key)
  for (const [sense, words] of beside) {
    if (!words.test(key)) continue
    if (isPrice || sense === 'extra' || sense === 'off') return sense
    if (/^(?:was|msrp|rrp|mrp|uvp|wholesale|cost|compare_at)$/.test(key)) return sense
  }
  return isPrice ? 'price' : null
}

/** Whether a name says of itself that its amounts are in the smallest unit: `price_cents`, `amount_minor`, `centAmount`. */
export const namesMinorUnits = (name: string): boolean =>
  /(?:^|_)(?:cents?|minor|centavos|pence|öre|ore|centimes?|unit_amount)(?:_|$)/u.test(columnKey(name))
