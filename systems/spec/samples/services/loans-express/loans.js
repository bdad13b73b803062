import { Router } from 'express'
import { findLoan, saveLoan, allLoans, removeLoan } from './store.js'

export const loansRouter = Router()

function requireMember(req, res, next) {
  if (!req.headers.authorization) return res.status(401).json({ error: 'Sign in first.' })
  next()
}

loansRouter.get('/', (req, res) => {
  const { member } = req.query
  res.json({ loans: allLoans(member) })
})

loansRouter.post('/', requireMember, (req, res) => {
  const { book, days } = req.body
  if (!book) return res.status(422).json({ error: 'Name a book.' })
  if (days > 30) return res.status(422).json({ error: 'At most 30 days.' })
  res.status(201).json(saveLoan({ book, days }))
})

loansRouter.get('/:loanId', (req, res) => {
  const loan = findLoan(req.params.loanId)
  if (!loan) return res.status(404).json({ error: 'No such loan.' })
  res.json(loan)
})

loansRouter.delete('/:loanId', requireMember, (req, res) => {
  if (!findLoan(req.params.loanId)) return res.status(404).json({ error: 'No such loan.' })
  removeLoan(req.params.loanId)
  res.status(204).end()
})
