import { expect, test } from 'vitest'
import type { Fact } from '../../src/facts/fact.ts'
import { extractFiles } from '../packs/fixture.ts'

const goMod = { 'go.mod': 'module example.com/depot\n\ngo 1.24\n' }

const main = `package main

import (
	"crypto/subtle"
	"net/http"

	"github.com/gin-gonic/gin"
)

type settings struct {
	Key string
	Most int
}

var held = &settings{}

func askKey() gin.HandlerFunc {
	return func(c *gin.Context) {
		if subtle.ConstantTimeCompare([]byte(c.GetHeader("X-Depot-Key")), []byte(held.Key)) != 1 {
			c.AbortWithStatus(http.StatusUnauthorized)
			return
		}
		c.Next()
	}
}

func putSettings(c *gin.Context) {
	next := held
	if err := c.BindJSON(&next); err != nil {
		return
	}
	c.Status(http.StatusNoContent)
}

func putPallets(c *gin.Context) {
	var given struct {
		Names []string \`json:"names"\`
	}
	if err := c.BindJSON(&given); err != nil {
		return
	}
	if len(given.Names) == 0 {
		c.AbortWithStatus(http.StatusUnprocessableEntity)
		return
	}
	c.Status(http.StatusNoContent)
}

func main() {
	engine := gin.New()
	engine.PUT("/settings", putSettings)
	bay := engine.Group("/bays/:bay")
	bay.Use(askKey())
	bay.PUT("/pallets", putPallets)
	engine.Run()
}
`
const facts = async (): Promise<Fact[]> =>
  (await extractFiles({ ...goMod, 'main.go': main })).set.facts.filter(
    (fact) => !('operation' in fact) || fact.evidence.length > 0,
  )
const spans = ({ evidence }: Fact) => evidence.map(({ startByte, endByte }) => main.slice(startByte, endByte))

test('shows where what asks first is put before an operation, of its guard, what it reads and what it refuses', async () => {
  const all = await facts()
  const of = [
    all.find((fact) => fact.kind === 'guard'),
    all.find((fact) => fact.kind === 'parameter' && fact.in === 'header'),
    all.find((fact) => fact.kind === 'error' && fact.status === 401),
  ]
  expect(of.map((fact) => (fact ? spans(fact).includes('bay.Use(askKey())') : null))).toEqual([
    true,
    true,
    true,
  ])
})

test('shows the prefix that a parameter of the path is in, and what a body is read into', async () => {
  const all = await facts()
  const bay = all.find((fact) => fact.kind === 'parameter' && fact.name === 'bay')
  expect(bay && spans(bay)).toContain('engine.Group("/bays/:bay")')
  const body = all.find((fact) => fact.kind === 'body' && fact.shape.type === 'object')
  expect(body && spans(body).some((text) => text.startsWith('struct {'))).toBe(true)
})

test('names what is asked of a struct without a name by the fields of the body, and of what one request is read into for that request only', async () => {
  const all = await facts()
  const [empty] = all.flatMap((fact) => (fact.kind === 'error' && fact.status === 422 ? fact.condition : []))
  expect(empty?.map(({ subject }) => subject)).toContain('len(body.names)')
  const refused = all.find((fact) => fact.kind === 'error' && fact.status === 401)
  expect(JSON.stringify(refused?.condition)).not.toContain('body')
})
