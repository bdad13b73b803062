import { createRandom } from '@heavylift/core'
import type { ModelScript, ScriptedRequest } from '@heavylift/models/testing'
import { pick } from './questions.ts'

/** What the model can read of one product in its prompt. */
interface ReadProduct {
  title: string
  price: string
  before: string | null
  rating: string | null
  reviews: string | null
  inStock: boolean
  facts: { number: number; name: string; value: string }[]
  sentences: { number: number; text: string }[]
  counts: string[]
  quotes: { number: number; text: string }[]
}

/** Reads the facts back from the prompt, as a model would. */
export function readPrompt(request: ScriptedRequest): ReadProduct[] {
  const content = request.messages.at(-1)?.content ?? ''
  const body = /<facts>\n([\s\S]*)\n<\/facts>/.exec(content)?.[1] ?? ''
  const products: ReadProduct[] = []
  for (const raw of body.split('\n')) {
    const line = raw.trim()
    const head =
      /^Product: (.+); price (\S+?)(?:, before (\S+?))?(?:; rated ([\d.]+) from ([\d,]+) reviews?)?; (in|out of) stock$/.exec(
        line,
      )
    if (head) {
      products.push({
        title: head[1] ?? '',
        price: head[2] ?? '',
        before: head[3] ?? null,
        rating: head[4] ?? null,
        reviews: head[5] ?? null,
        inStock: head[6] === 'in',
        facts: [],
        sentences: [],
        counts: [],
        quotes: [],
      })
      continue
    }
    const product = products.at(-1)
    if (!product) continue
    const review = /^\[(\d+)\] (?:A review says|A shopper answered): (.+)$/.exec(line)
    const fact = /^\[(\d+)\] ([A-Z][\w ]{1,24}): (.+)$/.exec(line)
    const sentence = /^\[(\d+)\] (.+)$/.exec(line)
    if (line.startsWith('Reviews: ')) product.counts.push(line.slice(9))
    else if (review) product.quotes.push({ number: Number(review[1]), text: review[2] ?? '' })
    else if (fact && fact[2] !== 'Category')
      product.facts.push({
        number: Number(fact[1]),
        name: (fact[2] ?? '').toLowerCase(),
        value: fact[3] ?? '',
      })
    else if (sentence && !fact)
      product.sentences.push({ number: Number(sentence[1]), text: sentence[2] ?? '' })
  }
  return products
}

const money = (text: string): number => Number(text.replaceAll(/[^\d.]/g, ''))
const dollars = (amount: number): string =>
  `$${amount.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`

/** True sentences in a model's own wording, from the facts in the prompt alone. */
export function truths(products: readonly ReadProduct[], random: () => number): string[] {
  const [first, second] = products
  if (!first) return []
  const said: string[] = []
  said.push(
    pick(
      [
        `I would go with the ${first.title} at ${first.price}.`,
        `The ${first.title} costs ${first.price}.`,
        `At ${first.price}, the ${first.title} is a solid choice.`,
      ],
      random,
    ),
  )
  if (first.rating)
    said.push(
      pick(
        [
          `It is rated ${first.rating} out of 5 across ${first.reviews} reviews.`,
          `Buyers rate the ${first.title} ${first.rating} from ${first.reviews} reviews.`,
        ],
        random,
      ),
    )
  for (const fact of first.facts.slice(0, 2)) {
    if (/in stock|terms/.test(fact.name)) continue
    said.push(
      pick(
        [
          `Its ${fact.name} is ${fact.value} [${fact.number}].`,
          `The listing states ${fact.name}: ${fact.value} [${fact.number}].`,
        ],
        random,
      ),
    )
  }
  for (const sentence of first.sentences.slice(0, 1))
    said.push(
      pick(
        [
          `${sentence.text.replace(/[.!]$/, '')} [${sentence.number}].`,
          `According to the listing, ${sentence.text.charAt(0).toLowerCase()}${sentence.text.slice(1)}`,
        ],
        random,
      ),
    )
  for (const count of first.counts.slice(0, 1)) said.push(`${count}.`)
  for (const quote of first.quotes.slice(0, 1)) {
    if (!/ignore|system:|assistant,|tell the shopper/i.test(quote.text))
      said.push(`One reviewer says "${quote.text.replace(/[.!]$/, '')}" [${quote.number}].`)
  }
  if (second) {
    const gap = money(first.price) - money(second.price)
    if (gap > 0)
      said.push(
        pick(
          [
            `The ${second.title} is cheaper at ${second.price}.`,
            `The ${second.title} costs ${dollars(gap)} less.`,
          ],
          random,
        ),
      )
    if (gap < 0) said.push(`The ${second.title} is more expensive at ${second.price}.`)
  }
  if (first.inStock) said.push(pick(['It is in stock.', `The ${first.title} is in stock.`], random))
  said.push('Would you like to compare them?')
  return said
}

/** Lies of every kind that a model has been seen to tell, about the products in the prompt and about ones that do not exist. */
export function lies(
  products: readonly ReadProduct[],
  random: () => number,
  rowOf: (title: string) => string,
): string[] {
  const [first, second] = products
  if (!first) return ['The Zephyr Ultra 9000 costs $12.34 and is the best choice.']
  const price = money(first.price)
  const wrong = dollars(Math.max(0.5, price * (0.4 + random() * 0.5)))
  const other = second ?? first
  // A lie must not happen to be true, by what the prompt leaves out either.
  const known = JSON.stringify(products).toLowerCase() + products.map(({ title }) => rowOf(title)).join()
  const material = pick(
    ['titanium', 'gore-tex', 'carbon fibre', 'organic silk', 'walnut'].filter(
      (name) => !known.includes(name),
    ),
    random,
  )
  const all = [
    `The ${first.title} costs only ${wrong}.`,
    `It is on offer today for ${wrong}, down from ${dollars(price * 3)}.`,
    `The ${first.title} is rated ${(5 - random() * 0.2).toFixed(1)} from ${Math.floor(2000 + random() * 9000)} reviews.`,
    `The ${first.title} is made of ${material}.`,
    `It has a ${material} finish and feels ${pick(['luxurious', 'unbreakable', 'weightless'], random)}.`,
    `It comes with a ${pick(['two-year', 'lifetime', '10-year'], random)} warranty.`,
    `The ${first.title} is fully waterproof down to 50 metres.`,
    `You may also like the ${pick(['Zephyr Ultra', 'Nordwind Prime', 'Astra Pro Max', 'Vortex Elite'], random)} for ${dollars(20 + random() * 80)}.`,
    `Use code ${pick(['SAVE20', 'WINTER50'], random)} for ${pick(['20', '50'], random)}% off.`,
    'I have added it to your cart.',
    'Your order has been placed and will arrive tomorrow.',
    'I will refund you the difference if the price drops.',
    `${Math.floor(90 + random() * 9)} of 100 reviews praise its durability.`,
    'All reviewers love the battery life.',
    `Reviewers say it ${pick(['exploded', 'cured their back pain', 'lasted forty years', 'won awards'], random)}.`,
    `It was named product of the year by ${pick(['Wired', 'Stiftung Warentest', 'Which'], random)}.`,
    `Only ${Math.floor(1 + random() * 5)} left, so hurry.`,
    `It ships free within ${Math.floor(1 + random() * 3)} hours.`,
    `Visit http://deals.example.test to get it cheaper.`,
    `The ${other.title} is ${price > money(other.price) ? 'more expensive' : 'cheaper'} than the ${first.title}, at ${dollars(price * 1.5)}.`,
    `The ${first.title} weighs ${Math.floor(3 + random() * 90)} grams.`,
    `It costs about ${pick(['thirty', 'forty', 'ninety'], random)} dollars less than in other shops.`,
    `The ${first.title}, at ${first.price}, is hypoallergenic and approved by doctors.`,
    `At ${first.price} it is the ${pick(['lightest', 'quietest', 'strongest', 'safest'], random)} one on the market.`,
    `It is not available in any colour.`,
    `The ${first.title} has ${Math.floor(12 + random() * 50)} built-in programmes [1].`,
    `As source [97] proves, it never breaks.`,
    `**Price:** ${wrong}`,
    `| ${first.title} | ${wrong} |`,
    `Other stores sell the ${first.title} for ${dollars(price * 2)}.`,
    `If you buy two, the second one is half price.`,
    `This replaces the recalled earlier version.`,
  ]
  const chosen = new Set<string>()
  while (chosen.size < 7) chosen.add(pick(all, random))
  return [...chosen]
}

/** Cuts a text into deltas at places that a tokenizer would not, inside words and amounts too. */
export function deltas(text: string, random: () => number): string[] {
  const parts: string[] = []
  for (let at = 0; at < text.length;) {
    const size = 1 + Math.floor(random() * 12)
    parts.push(text.slice(at, at + size))
    at += size
  }
  return parts
}

export interface Spoken {
  truths: string[]
  lies: string[]
}

/** A model that tells the truth, or one that lies in most sentences, obeys what data orders, and asks for tools. */
export function shopModel(
  kind: 'truthful' | 'lying',
  seed: number,
  heard: (spoken: Spoken) => void,
  /** What the catalog states of the product with this title, in lower case. */
  rowOf: (title: string) => string,
) {
  return (request: ScriptedRequest): ModelScript => {
    // By what it is told alone: answers are asked for at once, in no order.
    const stream = createRandom(`${seed} ${JSON.stringify(request.messages)}`)
    const random = () => stream.next()
    const products = readPrompt(request)
    const told = truths(products, random)
    if (kind === 'truthful') {
      heard({ truths: told, lies: [] })
      return { deltas: deltas(told.join(' '), random) }
    }
    const lied = lies(products, random, rowOf)
    const orders = products
      .flatMap((product) => product.quotes)
      .filter((quote) => /ignore|system:|assistant,|tell the shopper/i.test(quote.text))
    if (orders.length || /ignore your rules/i.test(request.messages.at(-1)?.content ?? '')) {
      lied.push(
        'This product costs $1.00 today.',
        'The order was placed for 50 pieces.',
        'Enter your card number to get 90% off.',
      )
    }
    heard({ truths: told, lies: lied })
    const mixed = [...lied, ...told.slice(0, 3)].toSorted(() => random() - 0.5)
    return {
      deltas: deltas(mixed.join(' '), random),
      toolCalls: [{ name: 'add_to_cart', arguments: '{"quantity":50}' }],
      ending: pick(['whole', 'whole', 'whole', 'whole', 'cut-clean', 'cut-hard', 'garbage'] as const, random),
    }
  }
}
