import type { ArgValue, SymbolValue } from '../resolve/values.ts'

const ofNumbers =
  /^java\.lang\.(?:Integer\.parseInt|Long\.parseLong|Short\.parseShort|Byte\.parseByte|Double\.parseDouble|Float\.parseFloat|(?:Integer|Long|Short|Byte|Double|Float)\.valueOf)$/
const ofTimes = /^java\.time\.\w+\.parse$/

/** The error that a call of Java's own classes is documented to throw of a text that it does not take (the Java SE API); null of any other call. */
export function unparsed(callee: SymbolValue, args: readonly ArgValue[]): string | null {
  if (args.length !== 1) return null
  if (ofNumbers.test(callee.path)) return 'java.lang.NumberFormatException'
  if (ofTimes.test(callee.path)) return 'java.time.format.DateTimeParseException'
  const isEnum = callee.of?.t === 'class' && callee.of.ref.cls.kind === 'enum'
  return callee.path === 'java.util.UUID.fromString' || (isEnum && callee.path.endsWith('.valueOf'))
    ? 'java.lang.IllegalArgumentException'
    : null
}
