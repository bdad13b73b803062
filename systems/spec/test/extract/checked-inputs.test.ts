import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { extractFiles, summarize } from '../packs/fixture.ts'

test('bounds that a handler checks by itself are those of its inputs [SPEC-EXTRACT-05]', async () => {
  const found = await extractFiles({
    'package.json': '{"dependencies":{"express":"5.0.0"}}',
    'app.js': `
const app = require('express')()
app.get('/search', (req, res) => {
  const limit = parseInt(req.query.limit, 10)
  if (!req.query.q) return res.status(400).json({ error: 'q is missing' })
  if (limit < 1 || limit > 100) return res.status(400).json({ error: 'limit' })
  if (req.query.sort !== 'new' && req.query.sort !== 'old') return res.status(422).json({})
  if (req.query.secret === 'x' && limit > 50) return res.status(400).json({})
  if (req.query.page > 9) return res.status(404).json({})
  res.json({})
})
app.post('/users', (req, res) => {
  const { name, email } = req.body
  if (!name || name.length < 3) return res.status(400).json({})
  if (!/^.+@.+$/.test(email)) return res.status(400).json({})
  res.status(201).json({})
})
`,
  })
  const { constraints } = summarize(found)
  expect(constraints['GET /search']).toEqual(['limit maximum 100', 'limit minimum 1', 'sort enum new,old'])
  expect(constraints['POST /users']).toEqual(['body.email pattern ^.+@.+$', 'body.name minLength 3'])
  const required = factsOf(found.set.facts, 'parameter').filter(({ isRequired }) => isRequired)
  expect(required.map(({ name }) => name)).toEqual(['q'])
})

test('a check in Go or on a parameter of a function bounds it [SPEC-EXTRACT-05]', async () => {
  const go = summarize(
    await extractFiles({
      'go.mod': 'module shop\n\nrequire github.com/gin-gonic/gin v1.0.0\n',
      'main.go': `
package main

import (
	"net/http"
	"strconv"

	"github.com/gin-gonic/gin"
)

func main() {
	r := gin.Default()
	r.GET("/items", func(c *gin.Context) {
		page, err := strconv.Atoi(c.Query("page"))
		if err != nil {
			c.JSON(http.StatusBadRequest, gin.H{})
			return
		}
		if page < 1 {
			c.JSON(http.StatusBadRequest, gin.H{})
			return
		}
		c.JSON(http.StatusOK, gin.H{})
	})
	r.Run()
}
`,
    }),
  )
  expect(go.constraints['GET /items']).toEqual(['page minimum 1'])
  const python = summarize(
    await extractFiles({
      'requirements.txt': 'fastapi\n',
      'app.py': `
from fastapi import FastAPI, HTTPException
app = FastAPI()
@app.get("/items")
def items(limit: int = 10):
    if limit > 50:
        raise HTTPException(status_code=400, detail="too many")
    return []
`,
    }),
  )
  expect(python.constraints['GET /items']).toEqual(['limit maximum 50'])
})
