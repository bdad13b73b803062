/*
 * What a comparison says besides: that a thing is there of which a part is asked, that it is no other value, that it is within wider bounds.
 */

type Literal = string | number | boolean | null
/** What is asked of an atom here. */
interface Atom {
  subject: string
  op: string
  value?: Literal | Literal[] | undefined
}

/** Whether an expression reads or calls a part of another. */
const isPartOf = (part: string, of: string): boolean =>
  part.startsWith(of) && /^(?:\.|\?\.|\[)/.test(part.slice(of.length))

/** What an empty thing answers of itself, and an error, which is asked as a part of the call that gave it. */
const ofNothing =
  /\.(?:is(?:Empty|Null|None|Nil|Blank|Undefined|Invalid|Zero)|empty|isnull|err(?:or)?)(?:\(\))?$/i

const isNothing = (value: Atom['value']) => value === null || value === '' || value === 0 || value === false

/** Whether a comparison holds only of what is there, and has something in it. */
const asksToBe = ({ subject, op, value }: Atom): boolean =>
  !ofNothing.test(subject) &&
  (op === 'present' ||
    op === 'true' ||
    op === 'matches' ||
    (op === 'in' && Array.isArray(value) && !value.some(isNothing)) ||
    (op === '==' && value !== undefined && !isNothing(value)) ||
    (op === '>' && typeof value === 'number' && value >= 0) ||
    (op === '>=' && typeof value === 'number' && value > 0))

/** Whether something is missing of which a part is there. */
export function isDenied(atoms: readonly Atom[]): boolean {
  const missing = atoms.filter(({ op }) => op === 'absent')
  return missing.some(({ subject }) =>
    atoms.some((atom) => isPartOf(atom.subject, subject) && asksToBe(atom)),
  )
}

/** A row without what the rest of it says already, as people read it. */
export function withoutImplied<One extends Atom>(row: readonly One[]): One[] {
  return row.filter(
    (atom, at) =>
      !row.some(
        (other, otherAt) => otherAt !== at && implies(other, atom) && (otherAt < at || !implies(atom, other)),
      ),
  )
}

function implies(atom: Atom, other: Atom): boolean {
  if (atom.subject !== other.subject)
    return (
      (other.op === 'present' && isPartOf(atom.subject, other.subject) && asksToBe(atom)) ||
      // Java: what is asked of a thing that had to be there.
      (other.op === 'present' && atom.subject.includes(`${other.subject}.orElseThrow`)) ||
      (asksSome(other, atom.subject) && asksToBe(atom) && atom.op !== 'present' && atom.op !== 'true')
    )
  const { op, value } = other
  if (atom.op === op && atom.value === value) return true
  // What is said not to be empty is there.
  if (op === 'present')
    return asksToBe(atom) || (atom.op === '!=' && (atom.value === '' || atom.value === null))
  // What is missing is no value.
  if (atom.op === 'absent') return op === '!=' && value !== null && value !== undefined
  if (atom.op === '==' || atom.op === 'in') {
    const all = Array.isArray(atom.value) ? atom.value : [atom.value ?? null]
    return all.length > 0 && all.every((one) => holdsOf(one, other))
  }
  if (typeof atom.value !== 'number' || typeof value !== 'number') return false
  const isOpen = atom.op === '>' || atom.op === '<'
  if (atom.op === '>' || atom.op === '>=')
    return op === '>' || op === '!='
      ? isOpen
        ? atom.value >= value
        : atom.value > value
      : op === '>=' && atom.value >= value
  if (atom.op === '<' || atom.op === '<=')
    return op === '<' || op === '!='
      ? isOpen
        ? atom.value <= value
        : atom.value < value
      : op === '<=' && atom.value <= value
  return false
}

// That a thing has any length.
const asksSome = ({ subject, op, value }: Atom, of: string): boolean =>
  (subject === `len(${of})` || subject === `${of}.length` || subject === `${of}.length()`) &&
  ((value === 0 && (op === '>' || op === '!=')) ||
    (value === undefined && (op === 'present' || op === 'true')))

function holdsOf(one: Literal, { op, value }: Atom): boolean {
  if (value === undefined) return false
  if (Array.isArray(value)) return op === 'in' ? value.includes(one) : op === 'not-in' && !value.includes(one)
  if (op === '!=') return one !== value
  if (typeof one !== 'number' || typeof value !== 'number') return false
  if (op === '>') return one > value
  if (op === '>=') return one >= value
  if (op === '<') return one < value
  return op === '<=' && one <= value
}
