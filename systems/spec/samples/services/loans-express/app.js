import express from 'express'
import { loansRouter } from './loans.js'

export const app = express()
app.use(express.json())
app.use('/api/loans', loansRouter)
app.get('/health', (req, res) => res.json({ ok: true }))
