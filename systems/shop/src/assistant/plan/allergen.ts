import { contentStems } from '../words.ts'

const name = String.raw`([\p{L}-]+(?: or [\p{L}-]+)?)`
const patterns = [
  new RegExp(String.raw`\ballergic to (?:any |all )?${name}`, 'iu'),
  new RegExp(String.raw`\b${name}[- ]allerg(?:y|ies|ic)\b`, 'iu'),
  new RegExp(String.raw`\bfree (?:of|from) (?:any |all )?${name}`, 'iu'),
  new RegExp(String.raw`\b${name}[- ]free\b`, 'iu'),
  new RegExp(String.raw`\bwithout (?:any )?${name}`, 'iu'),
  new RegExp(String.raw`\bcontains? (?:any )?${name}`, 'iu'),
  new RegExp(
    String.raw`\b(?:can(?:not|['’]t)|must not|may not|can['’]t) (?:have|eat|wear|touch) (?:any )?${name}`,
    'iu',
  ),
  new RegExp(String.raw`\bintoleran(?:t|ce) (?:to|of) ${name}`, 'iu'),
  new RegExp(String.raw`\b${name}[- ]intoleran(?:t|ce)\b`, 'iu'),
]
/** Conditions that have one thing to be kept from. */
const conditions: Record<string, string> = { coeliac: 'gluten', celiac: 'gluten' }

/** What somebody has to be kept from, as they called it; null when they did not say. */
export function allergenIn(message: string): string | null {
  for (const pattern of patterns) {
    const found = pattern.exec(message)?.[1]?.toLowerCase()
    if (
      found !== undefined &&
      contentStems(found).length > 0 &&
      !/^(?:an|the|my|severe|bad|food)$/.test(found)
    )
      return found
  }
  const condition = Object.keys(conditions).find((word) => message.toLowerCase().includes(word))
  return condition === undefined ? null : (conditions[condition] ?? null)
}

/** A kind of goods without the words that say what it must not hold. */
export function withoutAllergen(productType: string | null, what: string | null): string | null {
  if (productType === null || what === null) return productType
  const said = new Set([...contentStems(what), ...contentStems('allergy allergic free safe')])
  const rest = productType.split(/\s+/).filter((word) => contentStems(word).every((stem) => !said.has(stem)))
  return rest.length ? rest.join(' ') : null
}
