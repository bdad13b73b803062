/** Function words of English: carry no content in a product search. Already normalised. */
const functionWords =
  'a an and any are as at be been being but by can could did do does doing done for from get got had has have having ' +
  'he her hers him his how i id if im in into is it its ive just let like me might mine my no nor not of off on or our ours out ' +
  'own please she should so some something somewhere such than thank thanks that the their theirs them then there these they ' +
  'this those though through to too under up us very via want was we were what whats when where which while who whom ' +
  'whose why will with within without would you your yours am able about above across after again all also along already ' +
  'although always among around because before below beneath beside between beyond both cannot down during each ' +
  'either else ever every except few further here however instead itself lets many may maybe more most much must neither never ' +
  'now only onto other others otherwise over per perhaps quite rather really same several since still thats theyre until upon ' +
  'whatever whether yet youre'

/** What shoppers say around what they want. */
const requestWords =
  'show find look looking looks search searching need needs needed want wants wanted wanting give recommend suggest ' +
  'shop shops shopping buy buying purchase purchasing order ordering interested hoping hope prefer preferably preferred preference ' +
  'ideally item items product products thing things stuff option options available availability come comes coming include ' +
  'includes included including offer offers offering offered feature features featuring featured help helps kind kinds sort sorts ' +
  'type types variety category categories section listing listings series choice choices pick picks good great nice best ' +
  'suitable designed intended meant ideal perfect made make makes sold sell selling sells seller sellers provide provides ' +
  'providing support supports supporting supported have having use used using useful work works working ' +
  'attribute attributes value values model matches matching match style styles variation variations variant variants brand ' +
  'brands color colors size sizes sized price prices priced pricing cost costs costing budget cheap affordable ' +
  'dollars pesos php usd eur gbp euro euros peso dollar specific specifically specified'

/** Words of an offer's terms; a filter holds them, a title seldom does. */
const offerWords =
  'free shipping delivery deliver delivered ship ships shipped complimentary cash cod deal deals sale flash discount discounts ' +
  'discounted promo official store authentic authenticity guaranteed guarantee genuine easy quick fast return returns perk ' +
  'perks'

const stop = new Set(functionWords.split(' '))
const request = new Set(requestWords.split(' '))
const offer = new Set(offerWords.split(' '))

/** True for words that no index holds. */
export function isFunctionWord(word: string): boolean {
  return stop.has(word)
}

/**
 * How much a query word counts, 0 to 1: 0 for function words, little for words of asking and of an offer's terms (which
 * can also be content: a price gun, a shipping label, a style comb).
 */
export function queryWordWeight(word: string): number {
  if (stop.has(word)) return 0
  if (request.has(word)) return 0.15
  if (offer.has(word)) return 0.15
  return 1
}
