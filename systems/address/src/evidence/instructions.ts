/** Doors, codes, bells, places to leave things, and whom to ask: what a sentence for a driver speaks of. */
const forDriver =
  /\b(?:gate|door|doorman|concierge|bell|buzz(?:er)?|ring|knock|code|intercom|lobby|leasing office|front desk|reception|loading dock|dock|rear|back door|side door|side gate|porch|mail ?room|parcel locker|leave|drop(?:ped)? off|deliver to|ask for|call|text me|dog|stairs|elevator|entrance|sign(?:ature|ed)?|behind|neighbou?r|driveway|parking)\b/i
const asks =
  /\b(?:please|leave|use|ring|knock|buzz|call|ask|deliver|drop|enter|go|take|come|do not|don't|must|need|only|code|at the|with the)\b/i

const codeOf = /\b(?:code|pin)\b\W{0,3}(?:is\s+)?[#*]?\d{3,6}[#*]?/i

/** Sentences that tell a driver how to get in and where to leave things, each once. */
export function readInstructions(sentences: readonly string[]): string[] {
  const found = sentences.filter(
    (sentence) => codeOf.test(sentence) || (forDriver.test(sentence) && asks.test(sentence)),
  )
  return [...new Set(found)].slice(0, 5)
}

const unitWord = String.raw`(?:apt|apartment|unit|suite|ste|room|rm|flat|#|no\.?|number|penthouse|ph)`
const ownUnit = new RegExp(
  String.raw`\b(?:i(?:'m| am| live)|we(?:'re| are| live)|my|our|is|in|at|to|for)\s+(?:\w+\s+){0,2}?${unitWord}\s*(?:is\s+|number\s+)?#?\s*([0-9]{1,4}-?[a-z]?|[a-z]-?[0-9]{0,4})\b`,
  'i',
)
const anyUnit = new RegExp(
  String.raw`\b(?:apt|apartment|unit|suite|ste)\.?\s*#?\s*([0-9]{1,4}-?[a-z]?|[a-z]-?[0-9]{1,4}|[a-z])\b`,
  'i',
)

/** The unit that a text gives as the address's own (`I'm in apt 4B`, `Unit: 12`); null where it gives none or two. */
export function readUnit(sentences: readonly string[]): string | null {
  const found = new Set<string>()
  for (const sentence of sentences) {
    const unit = (ownUnit.exec(sentence) ?? anyUnit.exec(sentence))?.[1]
    if (unit !== undefined && !notUnits.has(unit.toLowerCase())) found.add(unit.toUpperCase())
  }
  return found.size === 1 ? [...found][0]! : null
}

const notUnits = new Set(['a', 'is', 'in', 'on', 'at', 's', 'i'])
