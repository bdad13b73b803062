import { meaningOf } from '../words.ts'

const set = (text: string): ReadonlySet<string> =>
  new Set(
    text
      .split(/\s+/)
      .filter(Boolean)
      .map((word) => meaningOf(word)),
  )

/** Words that praise whatever they stand beside. */
export const positive = set(`
  good great excellent superb amazing awesome fantastic perfect perfectly love loved loves lovely nice nicely best better
  brilliant solid sturdy comfortable comfy reliable impressive impressed happy pleased satisfied recommend recommended
  outstanding wonderful beautiful beautifully gorgeous fine decent strong smooth smoothly easy easily quick quickly fast
  bright crisp clear sharp soft warm cosy cozy durable tough well worth accurate quiet secure snug stable grippy
  responsive light lightweight breathable flattering generous handy helpful spot-on flawless flawlessly effortless
  effortlessly delicious tasty fresh rich vivid sleek stylish elegant premium top-notch super delighted exceeded steady stunning heavenly subtle gentle gently satisfying instantly grateful plenty supportive
  absorbent powerful safe safely exactly correct superbly seconds breathes glides grippy cosily first-rate
  outstandingly rapid rapidly favourite favorite hooked gorgeously generously smoothest quicker faster easier safer
  dependable consistent even evenly ideal terrific remarkable remarkably splendid praise
  trustworthy incredible incredibly unbeatable first-rate faultless joy pleasure bargain true`)

/** Words that blame whatever they stand beside. */
export const negative = set(`
  bad poor poorly terrible awful horrible disappointing disappointed disappoints disappoint worst worse cheap cheaply
  flimsy weak uncomfortable unreliable hate hated broke broken breaks break breaking cracked cracks crack tore torn tears
  ripped rips fell falling failed fails fail faulty defective useless waste returned refund leaks leaked leaking leaky
  slips slipped slipping slippery loud noisy slow slowly dull blurry dim rough scratchy itchy stiff rigid tight loose
  thin heavy bulky hard difficult fiddly awkward wobbly wobbles unstable faded fades fading shrank shrinks shrunk peeled
  peeling peels pinches pinched rubs rubbed blisters blister smelly stinks overpriced expensive pricey drains
  drained overheats overheated stains stained rusts rusted rusty dented uneven inaccurate inconsistent lacking lacks
  mediocre lousy subpar annoying frustrating misleading unclear complicated missing problem problems issue issues
  complaint complaints uncomfortably fragile wore worn soaked soggy skids skidded letdown unimpressed unacceptable
  struggles struggled struggle suffers suffer numb jams jam jammed scratched sloppy nightmare pain dead nowhere drop drops
  dropped hiss hisses unbearable impossible forever bitter overpowering loses lost boring bored irritated irritates greasy
  confusing drags predictable rushed clammy upset trouble unsafe dig digs painful painfully wrong worthless junk rubbish
  garbage regret nuisance hassle interferes refuses off short smaller heavier stink stinks tinny muffled bland stale artificial mushy patchy clumsy squeaks squeaky grainy washed-out`)

/** Words that turn the opinion that follows around. */
export const negators: ReadonlySet<string> = new Set(
  `not no never n't isn't wasn't aren't weren't don't doesn't didn't can't cannot couldn't won't wouldn't shouldn't hasn't
  haven't hadn't without hardly barely scarcely nothing neither nor lacks lack zero none ain't far`
    .split(/\s+/)
    .filter(Boolean),
)

/** Verbs of blame that read as praise when negated: "never slips", "does not leak". */
export interface ClauseOpinion {
  /** 1 praises, -1 blames. */
  sign: 1 | -1
  /** Index of the word in the clause. */
  at: number
}

/** How far before an opinion a negator still reaches, in words. */
const negationReach = 3

/**
 * The opinions of one clause, negation applied. `too` before a word blames ("too soft"), `not only` negates nothing, and
 * "could be better", "wish it were" blame.
 */
export function opinionsOf(clause: readonly string[]): ClauseOpinion[] {
  const found: ClauseOpinion[] = []
  const wished = clause.some((word) => word === 'wish' || word === 'wished')
  const hoped = clause.some(
    (word, i) => (word === 'could' || word === 'should') && clause[i + 1]?.startsWith('be') === true,
  )
  clause.forEach((word, at) => {
    // "hardly" shares its stem with "hard".
    if (negators.has(word)) return
    const root = meaningOf(word)
    let sign: 1 | -1
    if (negative.has(root)) sign = -1
    else if (positive.has(root)) sign = 1
    else if (clause[at - 1] === 'too' && word.length > 3) sign = -1
    else return
    if (clause[at - 1] === 'too') sign = -1
    else if (isNegated(clause, at)) sign = sign === 1 ? -1 : 1
    else if (sign === 1 && (wished || hoped)) sign = -1
    found.push({ sign, at })
  })
  return found
}

function isNegated(clause: readonly string[], at: number): boolean {
  for (let i = Math.max(0, at - negationReach); i < at; i++) {
    const word = clause[i]!
    if (!negators.has(word)) continue
    // "not only good but …" and "no doubt good" praise.
    if (word === 'not' && clause[i + 1] === 'only') continue
    if (word === 'no' && (clause[i + 1] === 'doubt' || clause[i + 1] === 'wonder')) continue
    // "far better" praises, "far from good" does not.
    if (word === 'far' && clause[i + 1] !== 'from') continue
    return true
  }
  return false
}
