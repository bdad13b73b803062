import { expect, test } from 'vitest'
import { shortExpression } from '../../console/studio/readable.tsx'

test.each([
  ['findLoan(path.id)', 'findLoan(path.id)'],
  [
    'mongoose.model("User", mongoose.Schema({name, email})).findOne({email: body.email})',
    'mongoose.model(…).findOne(…)',
  ],
  ['mongoose.model("User", mongoose.Schema({name, email, password, role}, {timestam…', 'mongoose.model(…'],
  [
    'sqlx.Connect("postgres").repositories.accounts.archive.Select(articles, "SELECT (1)")',
    '….archive.Select(…)',
  ],
  ['body.messages.findLast(function).parts.flatMap(function).join().trim()', '….join().trim()'],
])('an expression is short enough to read: %s [SPEC-STUDIO-05]', (code, short) => {
  expect(shortExpression(code)).toBe(short)
})
