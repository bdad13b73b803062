import { expect, test } from 'vitest'
import { canHold, normalizeCondition } from '../../src/facts/condition.ts'
import { sayFact } from '../../src/requirements/say-fact.ts'
import { extractFiles } from '../packs/fixture.ts'

const atom = (shown: string, op: 'present' | 'absent', number = 7) => ({
  subject: `‹${shown}#${number}›`,
  op,
})

test('one long expression that is shown in two ways is one', () => {
  const [short, long] = ['find(…).error', 'open("boats").where("x = ?", key).find(it).error']
  expect(canHold([atom(short, 'present'), atom(long, 'absent')])).toBe(false)
  expect(normalizeCondition([[atom(short, 'present'), atom(long, 'present')]])).toEqual([
    [atom(short, 'present')],
  ])
  // Of another number it is another, and so is what other names stand in.
  expect(canHold([atom(short, 'present'), atom(long, 'absent', 8)])).toBe(true)
  expect(canHold([atom('first.find(key).error', 'present'), atom('second.find(key).error', 'absent')])).toBe(
    true,
  )
})

test('what a call of Go gives beside no error is not told of one [SPEC-EXTRACT-06]', async () => {
  const { set } = await extractFiles({
    'go.mod': 'module pier\n\nrequire (\n\tgithub.com/gin-gonic/gin v1.9.0\n\tgorm.io/gorm v1.25.0\n)\n',
    'main.go': `
package main

import (
	"github.com/gin-gonic/gin"
	"gorm.io/driver/sqlite"
	"gorm.io/gorm"
)

type Permission struct{ ID uint }
type Keeper struct{ RoleID uint }

var db *gorm.DB

func (k *Keeper) May(what string) (bool, error) {
	found := []Permission{}
	err := db.Model(Keeper{RoleID: k.RoleID}).Where("what = ?", what).Find(&found).Error
	if err != nil {
		return false, err
	}
	if len(found) == 0 {
		return false, nil
	}
	return true, nil
}

func main() {
	db, _ = gorm.Open(sqlite.Open("pier.db"))
	r := gin.Default()
	r.GET("/boats", func(c *gin.Context) {
		keeper := c.MustGet("keeper").(Keeper)
		may, err := keeper.May("moor")
		if err != nil {
			c.AbortWithStatus(500)
			return
		}
		if !may {
			c.AbortWithStatus(403)
			return
		}
		c.JSON(200, 1)
	})
	r.Run()
}
`,
  })
  const errors = set.facts.filter(({ kind }) => kind === 'error').map((one) => sayFact(one, 'GET /boats'))
  expect(errors.filter((one) => one.includes('403'))).toHaveLength(1)
  expect(errors.find((one) => one.includes('403'))).not.toContain('is there')
  expect(errors.find((one) => one.includes('500'))).not.toContain('(Open')
})
