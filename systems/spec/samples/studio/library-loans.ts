import type { SampleRepository } from './sample-repository.ts'

const store = `export interface Loan {
  id: number
  book: string
  member: string
  days: number
  returnedAt: string | null
}

const loans = new Map<number, Loan>()

export function findLoan(id: number): Loan | undefined {
  return loans.get(id)
}

export function openLoans(member: string): Loan[] {
  return [...loans.values()].filter((loan) => loan.member === member && loan.returnedAt === null)
}

export function saveLoan(loan: Omit<Loan, 'id' | 'returnedAt'>): Loan {
  const made = { ...loan, id: loans.size + 1, returnedAt: null }
  loans.set(made.id, made)
  return made
}

export function returnLoan(loan: Loan, at: string): Loan {
  const returned = { ...loan, returnedAt: at }
  loans.set(loan.id, returned)
  return returned
}
`

const loans = `import { Router } from 'express'
import { findLoan, openLoans, returnLoan, saveLoan } from './store.ts'
import { requireMember } from './sign-in.ts'

const longestDays = 28
const mostOpen = 10

export const loansRouter = Router()

loansRouter.get('/', requireMember, (req, res) => {
  res.json({ loans: openLoans(String(req.query.member)) })
})

loansRouter.post('/', requireMember, (req, res) => {
  const { book, member, days } = req.body
  if (!book) return res.status(422).json({ error: 'Name a book.' })
  if (days > longestDays) return res.status(422).json({ error: 'At most four weeks.' })
  if (openLoans(member).length >= mostOpen) return res.status(409).json({ error: 'Bring some back first.' })
  res.status(201).json(saveLoan({ book, member, days }))
})

loansRouter.get('/:loanId', requireMember, (req, res) => {
  const loan = findLoan(Number(req.params.loanId))
  if (!loan) return res.status(404).json({ error: 'No such loan.' })
  res.json(loan)
})

loansRouter.post('/:loanId/return', requireMember, (req, res) => {
  const loan = findLoan(Number(req.params.loanId))
  if (!loan) return res.status(404).json({ error: 'No such loan.' })
  if (loan.returnedAt !== null) return res.status(409).json({ error: 'It is back already.' })
  res.json(returnLoan(loan, new Date().toISOString()))
})
`

const books = `import { Router } from 'express'
import { z } from 'zod'
import { requireLibrarian } from './sign-in.ts'

const newBook = z.object({
  title: z.string().min(1).max(200),
  isbn: z.string().regex(/^97[89]\\d{10}$/),
  copies: z.number().int().min(1).max(50),
})
const books = new Map<string, z.infer<typeof newBook>>()

export const booksRouter = Router()

booksRouter.get('/', (req, res) => {
  const { title } = req.query
  res.json({ books: [...books.values()].filter((book) => !title || book.title.includes(String(title))) })
})

booksRouter.get('/:isbn', (req, res) => {
  const book = books.get(req.params.isbn)
  if (!book) return res.status(404).json({ error: 'The library has no such book.' })
  res.json(book)
})

booksRouter.post('/', requireLibrarian, (req, res) => {
  const book = newBook.parse(req.body)
  const known = books.get(book.isbn)
  if (known) return res.status(409).json({ error: 'It is here already.' })
  books.set(book.isbn, book)
  res.status(201).json(book)
})

booksRouter.delete('/:isbn', requireLibrarian, (req, res) => {
  if (!books.delete(req.params.isbn)) return res.status(404).json({ error: 'The library has no such book.' })
  res.status(204).end()
})
`

const signIn = `import type { NextFunction, Request, Response } from 'express'

export function requireMember(req: Request, res: Response, next: NextFunction) {
  if (!req.headers.authorization) return res.status(401).json({ error: 'Sign in first.' })
  next()
}

export function requireLibrarian(req: Request, res: Response, next: NextFunction) {
  if (!req.headers.authorization) return res.status(401).json({ error: 'Sign in first.' })
  if (req.headers['x-role'] !== 'librarian') return res.status(403).json({ error: 'For librarians only.' })
  next()
}
`

const app = `import express from 'express'
import type { NextFunction, Request, Response } from 'express'
import { ZodError } from 'zod'
import { booksRouter } from './books.ts'
import { loansRouter } from './loans.ts'

export const app = express()
app.use(express.json())
app.use('/api/books', booksRouter)
app.use('/api/loans', loansRouter)
app.use((error: Error, req: Request, res: Response, next: NextFunction) => {
  if (error instanceof ZodError) return res.status(400).json({ error: 'That is no book.' })
  res.status(500).json({ error: 'Something went wrong.' })
})
app.get('/health', (req, res) => res.json({ ok: true }))
`

const test = `import { test } from 'node:test'
import assert from 'node:assert/strict'
import { findLoan, openLoans, returnLoan, saveLoan } from '../src/store.ts'

test('a loan is open until it is brought back', () => {
  const loan = saveLoan({ book: 'Middlemarch', member: 'ada', days: 14 })
  assert.deepEqual(openLoans('ada'), [loan])
  returnLoan(loan, '2026-01-31')
  assert.deepEqual(openLoans('ada'), [])
  assert.equal(findLoan(loan.id)?.returnedAt, '2026-01-31')
})
`

/** TypeScript on Express: books and loans of a library. */
export const libraryLoans: SampleRepository = {
  id: 'library-loans',
  name: 'Library loans (TypeScript, Express)',
  files: {
    'package.json': `${JSON.stringify(
      {
        name: 'library-loans',
        private: true,
        type: 'module',
        scripts: { test: 'node --test test/*.test.ts' },
        dependencies: { express: '^5.0.0', zod: '^4.0.0' },
      },
      null,
      2,
    )}\n`,
    'README.md': '# Library loans\n\nBooks and loans of a small library.\n',
    'src/app.ts': app,
    'src/books.ts': books,
    'src/loans.ts': loans,
    'src/sign-in.ts': signIn,
    'src/store.ts': store,
    'test/store.test.ts': test,
  },
  drift: {
    path: 'src/loans.ts',
    from: "return res.status(409).json({ error: 'It is back already.' })",
    to: 'return res.status(200).json(loan)',
    message: 'Let loans be brought back twice',
  },
}
