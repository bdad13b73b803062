import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { extractFiles } from '../packs/fixture.ts'

const service = (handler: string) => ({
  'go.mod': `module example.com/kiln

go 1.24

require (
	github.com/gin-gonic/gin v1.10.0
	github.com/go-playground/validator/v10 v10.20.0
)
`,
  'main.go': `package main

import (
	"net/http"

	"github.com/gin-gonic/gin"
	"github.com/go-playground/validator/v10"
)

type Pot struct {
	Name string \`json:"name" binding:"required"\`
}

func problems(err error) map[string]string {
	all := map[string]string{}
	for _, one := range err.(validator.ValidationErrors) {
		all[one.Field()] = one.Tag()
	}
	return all
}

func main() {
	r := gin.Default()
	r.POST("/pots", func(c *gin.Context) {
		var pot Pot
		if err := c.ShouldBindJSON(&pot); err != nil {
			${handler}
			return
		}
		c.JSON(http.StatusOK, pot)
	})
	r.Run(":80")
}
`,
})

const conditions = async (handler: string) => {
  const { set } = await extractFiles(service(handler))
  return factsOf(set.facts, 'error').map(({ status, condition }) => ({
    status,
    when: condition.map((row) => row.map(({ subject, op }) => `${subject} ${op}`).toSorted()),
  }))
}

const ofType = 'body failed.(validator.ValidationErrors) present'

test('an answer that a type assertion in Go comes before is of errors of that type alone [SPEC-EXTRACT-04]', async () => {
  expect(await conditions('c.JSON(http.StatusUnprocessableEntity, problems(err))')).toEqual([
    { status: 422, when: [['body failed present', ofType]] },
  ])
  expect(
    await conditions(
      'all := err.(validator.ValidationErrors)\n\t\t\tc.JSON(http.StatusUnprocessableEntity, gin.H{"field": all[0].Field()})',
    ),
  ).toEqual([{ status: 422, when: [['body failed present', ofType]] }])
})

test('one that asks whether an error is of the type says nothing of other answers [SPEC-EXTRACT-04]', async () => {
  expect(
    await conditions(
      'all, ok := err.(validator.ValidationErrors)\n\t\t\tc.JSON(http.StatusBadRequest, gin.H{"all": all, "ok": ok})',
    ),
  ).toEqual([{ status: 400, when: [['body failed present']] }])
})
