import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { extractFiles } from '../packs/fixture.ts'

test('of the one answer that goes well it is not said that a part of what may fail did not [SPEC-EXTRACT-04]', async () => {
  const { set } = await extractFiles({
    'go.mod': 'module example.com/quay\n\ngo 1.24\n\nrequire github.com/gin-gonic/gin v1.10.0\n',
    'main.go': `package main

import (
	"database/sql"
	"fmt"

	"github.com/gin-gonic/gin"
)

type Answer struct {
	Code int         \`json:"code"\`
	Data interface{} \`json:"data,omitempty"\`
}

type Mast struct {
	Height int    \`json:"height"\`
	Name   string \`json:"name,omitempty"\`
}

type Store struct{ db *sql.DB }

func (s *Store) Masts() ([]Mast, error) {
	rows, err := s.db.Query("SELECT height, name FROM masts WHERE height > ? AND height < ? ORDER BY height DESC LIMIT 100", 10, 40)
	if err != nil {
		return nil, fmt.Errorf("no masts: %w", err)
	}
	defer rows.Close()
	var all []Mast
	for rows.Next() {
		var one Mast
		var name sql.NullString
		if err := rows.Scan(&one.Height, &name); err != nil {
			return nil, fmt.Errorf("no mast: %w", err)
		}
		if name.Valid {
			one.Name = name.String
		}
		all = append(all, one)
	}
	return all, nil
}

func main() {
	store := &Store{}
	r := gin.New()
	r.GET("/masts", func(c *gin.Context) {
		masts, err := store.Masts()
		if err != nil {
			c.JSON(500, Answer{Code: 500, Data: err.Error()})
			return
		}
		c.JSON(200, Answer{Data: masts})
	})
	r.Run(":80")
}
`,
  })
  expect(factsOf(set.facts, 'response').map(({ status, condition }) => [status, condition])).toEqual([
    [200, [[]]],
  ])
})
