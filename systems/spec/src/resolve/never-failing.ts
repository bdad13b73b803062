import { each } from './values.ts'
import type { SymbolValue, Value } from './values.ts'

/** Collections of the language: what is asked of them, or put into them, fails at nothing (ECMA-262, "Keyed Collections"). */
const ofCollection = /^(?:Weak)?(?:Map|Set)\(\)\.\w+$/
/** Node's own that ask the machine, or make random bytes and digests (nodejs.org, "OS", "Path", "Crypto"). */
const ofNode =
  /^(?:node:)?(?:os\.\w+|path\.(?:\w+\.)?\w+|perf_hooks\.performance\.now|crypto\.(?:webcrypto\.)?(?:randomUUID|randomBytes|getRandomValues|create(?:Hash|Hmac)(?:\(\)\.\w+)*))$/
/** Packages that only compute what they give, and give something of whatever they are given (their documentation). */
const ofPackage =
  /^(?:uuid\.(?:v\d|validate|version)|(?:nanoid|nanoid\/non-secure)\.nanoid|(?:dayjs|moment)(?:\.(?:utc|unix|tz|duration))?(?:\(\)\.\w+)*|lodash(?:-es)?(?:\.(?!template\b)\w+)+)$/

const isNever = ({ path }: SymbolValue): boolean =>
  ofCollection.test(path) || ofNode.test(path) || ofPackage.test(path)

/** JavaScript: whether a call of code that is not here fails at nothing, whatever it is given, by what is called. */
export const neverFailing = (callee: Value): boolean =>
  each(callee).every((one) => one.t === 'symbol' && isNever(one))
