import { expect, test } from 'vitest'
import { extractFiles, summarize } from '../packs/fixture.ts'

test('a check that its maker is given no further checks for refuses nothing by them [SPEC-EXTRACT-06]', async () => {
  const found = await extractFiles({
    'go.mod': 'module example.com/kites\n\ngo 1.22\n\nrequire github.com/gin-gonic/gin v1.9.0\n',
    'main.go': `package main

import (
	"errors"

	"github.com/gin-gonic/gin"
)

type verdict int

const (
	unknown verdict = iota
	barred
	welcome
)

type Keeper struct{ IsHead bool }
type Keepers interface {
	Find(name string) (*Keeper, error)
}
type Gate struct{ keepers Keepers }

func (g *Gate) head(k *Keeper) (verdict, error) {
	if k.IsHead {
		return welcome, nil
	}
	return barred, nil
}

func (g *Gate) byName(checks ...func(*Keeper) (verdict, error)) func(c *gin.Context) (verdict, error) {
	return func(c *gin.Context) (verdict, error) {
		name := c.GetHeader("X-Keeper")
		if name == "" {
			return unknown, nil
		}
		keeper, err := g.keepers.Find(name)
		if err != nil {
			return unknown, err
		}
		for _, check := range checks {
			if said, err := check(keeper); err != nil || said != welcome {
				return said, err
			}
		}
		return welcome, nil
	}
}

func (g *Gate) pass(c *gin.Context, ways ...func(c *gin.Context) (verdict, error)) bool {
	for _, way := range ways {
		said, err := way(c)
		if err != nil {
			c.AbortWithError(500, err)
			return true
		}
		switch said {
		case barred:
			c.AbortWithError(403, errors.New("not yours"))
			return true
		case welcome:
			c.Next()
			return true
		case unknown:
			continue
		}
	}
	return false
}

func (g *Gate) Anyone(c *gin.Context) {
	if !g.pass(c, g.byName()) {
		c.AbortWithError(401, errors.New("who are you"))
	}
}

func (g *Gate) Heads(c *gin.Context) {
	if !g.pass(c, g.byName(g.head)) {
		c.AbortWithError(401, errors.New("who are you"))
	}
}

func main() {
	g := &Gate{}
	r := gin.Default()
	r.GET("/kites", g.Anyone, func(c *gin.Context) { c.JSON(200, 1) })
	r.DELETE("/kites", g.Heads, func(c *gin.Context) { c.JSON(200, 1) })
	r.Run()
}
`,
  })
  expect(summarize(found).statuses).toEqual({
    'GET /kites': [200, 401, 500],
    'DELETE /kites': [200, 401, 403, 500],
  })
})
