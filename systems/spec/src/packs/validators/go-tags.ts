import type { Constraint } from '../../facts/shape.ts'

type Keyword = Constraint['keyword']

interface Tag {
  isRequired: boolean
  constraints: Constraint[]
}

/** Words of Go's validator in `binding` and `validate` tags (pkg.go.dev/github.com/go-playground/validator). */
export function goTag(tag: string, isText: boolean, isList: boolean): Tag {
  const other = /valid:"([^"]*)"/.exec(tag)?.[1]
  if (other !== undefined && !/(?:binding|validate):"/.test(tag)) return govalidatorTag(other)
  const text = /(?:binding|validate):"([^"]*)"/.exec(tag)?.[1] ?? ''
  const constraints: Constraint[] = []
  let isRequired = false
  for (const word of text.split(',')) {
    const [name = '', value = ''] = word.split('=')
    if (name === 'dive') break
    const add = (keyword: Keyword) =>
      value !== '' && Number.isFinite(Number(value)) && constraints.push({ keyword, value: Number(value) })
    // Of a text or a list its length is compared.
    const past = (plain: Keyword, text: Keyword, list: Keyword, by: number) => {
      if (!isText && !isList) add(plain)
      else if (value !== '' && Number.isFinite(Number(value)))
        constraints.push({ keyword: isText ? text : list, value: Number(value) + by })
    }
    if (name === 'required') isRequired = true
    else if (name === 'min') add(isText ? 'minLength' : isList ? 'minItems' : 'minimum')
    else if (name === 'max') add(isText ? 'maxLength' : isList ? 'maxItems' : 'maximum')
    else if (name === 'len') {
      add(isText ? 'minLength' : 'minItems')
      add(isText ? 'maxLength' : 'maxItems')
    } else if (name === 'gte') add(isText ? 'minLength' : 'minimum')
    else if (name === 'lte') add(isText ? 'maxLength' : 'maximum')
    else if (name === 'gt') past('exclusiveMinimum', 'minLength', 'minItems', 1)
    else if (name === 'lt') past('exclusiveMaximum', 'maxLength', 'maxItems', -1)
    else if (name === 'email') constraints.push({ keyword: 'format', value: 'email' })
    else if (name === 'url' || name === 'uri') constraints.push({ keyword: 'format', value: 'uri' })
    else if (name === 'uuid' || name === 'uuid4') constraints.push({ keyword: 'format', value: 'uuid' })
    else if (name === 'oneof')
      constraints.push({ keyword: 'enum', value: value.split(' ').map((one) => one.replaceAll("'", '')) })
  }
  return { isRequired, constraints }
}

/** Bounds of a text's length, by the word's name; both of a range. */
const pairs: Record<string, [Keyword, Keyword]> = {
  length: ['minLength', 'maxLength'],
  runelength: ['minLength', 'maxLength'],
  stringlength: ['minLength', 'maxLength'],
  range: ['minimum', 'maximum'],
}
const singles: Record<string, Keyword> = { minstringlength: 'minLength', maxstringlength: 'maxLength' }
const formats: Record<string, string> = {
  email: 'email',
  url: 'uri',
  requrl: 'uri',
  requri: 'uri',
  uuid: 'uuid',
  uuidv3: 'uuid',
  uuidv4: 'uuid',
  uuidv5: 'uuid',
}

/** Words of `valid` tags: `required,runelength(1|250),in(a|b)` (pkg.go.dev/github.com/asaskevich/govalidator). What is empty and not required is let through. */
function govalidatorTag(text: string): Tag {
  const constraints: Constraint[] = []
  const words = [...text.matchAll(/(\w+)(?:\(([^)]*)\))?/g)].map(([, name = '', given = '']) => ({
    name: name.toLowerCase(),
    values: given.split('|'),
  }))
  for (const { name, values } of words) {
    const keywords = pairs[name] ?? (singles[name] ? [singles[name]] : [])
    for (const [at, keyword] of keywords.entries()) {
      const value = Number(values[at])
      if (values[at] !== undefined && values[at] !== '' && Number.isSafeInteger(value))
        constraints.push({ keyword, value })
    }
    const format = formats[name]
    if (format !== undefined) constraints.push({ keyword: 'format', value: format })
    if (name === 'in') constraints.push({ keyword: 'enum', value: values })
    if (name === 'matches') constraints.push({ keyword: 'pattern', value: values.join('|') })
  }
  return { isRequired: words.some(({ name }) => name === 'required'), constraints }
}
