import { expect, test } from 'vitest'
import { sayFact } from '../../src/requirements/say-fact.ts'
import { extractFiles } from '../packs/fixture.ts'

test('nothing that is given beside what may be no error is given where there is none [SPEC-EXTRACT-06]', async () => {
  const { set } = await extractFiles({
    'go.mod': 'module pier\n\nrequire (\n\tgithub.com/gin-gonic/gin v1.9.0\n\tgorm.io/gorm v1.25.0\n)\n',
    'main.go': `
package main

import (
	"github.com/gin-gonic/gin"
	"gorm.io/driver/sqlite"
	"gorm.io/gorm"
)

type Boat struct {
	ID   string
	Name string
}

type Store struct{ DB *gorm.DB }

func (s *Store) Boat(id string) (*Boat, error) {
	boat := new(Boat)
	err := s.DB.Find(boat, id).Error
	if err == gorm.ErrRecordNotFound {
		err = nil
	}
	if boat.ID == id {
		return boat, err
	}
	return nil, err
}

func main() {
	db, _ := gorm.Open(sqlite.Open("pier.db"))
	store := &Store{DB: db}
	r := gin.Default()
	r.GET("/boats/:id", func(ctx *gin.Context) {
		boat, err := store.Boat(ctx.Param("id"))
		if err != nil {
			ctx.AbortWithStatusJSON(500, gin.H{"error": "broken"})
			return
		}
		if boat == nil {
			ctx.AbortWithStatusJSON(404, gin.H{"error": "no such boat"})
			return
		}
		ctx.JSON(200, boat)
	})
	r.Run()
}
`,
  })
  const said = set.facts.filter(({ kind }) => kind === 'error').map((one) => sayFact(one, 'GET'))
  expect(said.find((one) => one.includes('404'))).toContain('no such boat')
  expect(said.find((one) => one.includes('404'))).not.toContain('(Open')
  expect(said.filter((one) => one.includes('500'))).toHaveLength(1)
})
