import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { extractFiles } from '../packs/fixture.ts'

const classes = ['Gone', 'Slow', 'Wrong', 'Foreign', 'Locked', 'Late']
const files = {
  'package.json': '{"type":"module","dependencies":{"express":"4"}}',
  'src/errors.js': `${classes.map((name) => `export class ${name} extends Error {}`).join('\n')}
export function problem(message, code = 500, level = 'debug') {
  if (code === 500) { level = 'error' }
  if (message.parts) { return { message: message.message, ...message, code, level } }
  if (message instanceof Error) { return { message: message.message, stack: message.stack, code, original: message, level } }
  return { message, code, level }
}
`,
  'src/handle.js': `import { ${classes.join(', ')}, problem } from './errors.js'
import util from 'node:util'
import { log } from './log.js'
import { current } from './current.js'

const sayParts = (error) => {
  const said = [error.message]
  if (error.parts && error.parts.length) { error.parts.forEach((one) => { said.push(\`\${one.path}: \${one.message}\`) }) }
  return said.join('\\n')
}
const sayAll = (error, req) => {
  const url = req.originalUrl ? \`\\nurl: \${req.originalUrl}\` : ''
  const body = req.body && Object.keys(req.body).length ? \`\\nbody: \${JSON.stringify(req.body, null, ' ')}\` : ''
  const query = req.query && Object.keys(req.query).length ? \`\\nquery: \${JSON.stringify(req.query, null, ' ')}\` : ''
  let said = \`\${url}\${body}\${query}\\n\${error.message || JSON.stringify(error.json)}\`
  if (said.match(/^[{}\\s]*$/g)) { said = JSON.stringify(error, null, 2) }
  return said
}
const hide = (req) => {
  const hidden = req
  if (req.body && req.body.password) { hidden.body.password = '####' }
  if (req.body && req.body.name) { hidden.body.name = '####' }
  return hidden
}
const read = (error, { req = {}, isLost = false } = {}) => {
  let result = error
  if (error instanceof Error) { result = { code: 500, message: util.inspect(error), level: 'error' } }
${classes
  .map(
    (name, at) =>
      `  if (error instanceof ${name}) { result = { code: ${410 + at}, message: error.message, level: 'debug' } }`,
  )
  .join('\n')}
  if (error.name === 'StoreError') { result.code = 500; result.level = 'error' }
  if (isLost) { result.message = \`lost \${result.message}\`; result.code = 500 }
  const hidden = hide(req)
  result.said = error.parts ? sayParts(result) : sayAll(result, hidden)
  return result
}
const sayLog = (data, error) => {
  const original = data.original || error
  const said = data.id ? \`\${data.id} \${data.said}\` : data.said
  if (original instanceof Error) { return \`\${said}\\n\${JSON.stringify(original, null, ' ')}\` }
  return said
}
const write = (data, error) => {
  const said = sayLog(data, error)
  if (data.level === 'debug') { log.debug(said); return }
  log.error(said)
}
function withId(result) {
  try { return { ...result, id: current.get('id') } } catch (failure) { return { ...result, failure } }
}
const simple = (result, original) => {
  const done = { ...result }
  delete done.original
  if (original instanceof Error && done.code === 500 && original.name !== 'StoreError') {
    done.said = original.message
    delete done.message
  } else {
    done.said = done.said || original.message
  }
  return done
}
export const handle = (given, { req = {}, isLost = false, hasId = true } = {}) => {
  const data = typeof given === 'string' ? problem(given, 500) : given
  const error = data || new Error('unexpected')
  let result = read(error, { req, isLost })
  if (hasId) { result = withId(result) }
  write(result, error, {})
  result = simple(result, error)
  return result
}
`,
  'src/app.js': `import express from 'express'
import { Gone, problem } from './errors.js'
import { handle } from './handle.js'
const app = express()
app.post('/loans', async (req, res, next) => {
  try {
    if (!req.body.copy) throw problem('Which copy?', 422)
    if (req.body.copy === 'x') throw new Gone('It is gone.')
    res.json({})
  } catch (error) {
    next(error)
  }
})
app.use((error, req, res, next) => {
  const { message, code, ...rest } = handle(error, { req })
  res.status(code)
  res.json({ error: message, ...rest })
  next()
})
app.listen(80)
`,
}

test('a handler of errors that goes a long way to a status is followed to it [SPEC-EXTRACT-10]', async () => {
  const { set } = await extractFiles(files)
  expect(factsOf(set.facts, 'error').map(({ status, grade }) => `${status} ${grade}`)).toEqual([
    '422 proved',
    '410 proved',
  ])
  expect(set.questions).toEqual([])
})
