import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { operationTitle, sayFact } from '../../src/requirements/say-fact.ts'
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

test('what code outside gave is no thing of the type that it is asked for, or an error that fails with it: it is not told to be missing [SPEC-EXTRACT-04]', async () => {
  const { set } = await extractFiles({
    'go.mod':
      'module example.com/quay\n\ngo 1.22\n\nrequire (\n\tgithub.com/gin-gonic/gin v1.10.0\n\tgithub.com/golang-jwt/jwt/v5 v5.2.0\n)\n',
    'main.go': `package main

import (
	"github.com/gin-gonic/gin"
	"github.com/golang-jwt/jwt/v5"
)

func key(t *jwt.Token) (interface{}, error) { return []byte("of all"), nil }

func main() {
	r := gin.New()
	r.GET("/quay", func(c *gin.Context) {
		token, err := jwt.Parse(c.Query("t"), key)
		if err != nil {
			c.AbortWithStatus(401)
			return
		}
		claims, ok := token.Claims.(jwt.MapClaims)
		if !ok {
			c.AbortWithStatus(403)
			return
		}
		c.JSON(200, gin.H{"rank": claims["rank"]})
	})
	r.Run()
}
`,
  })
  const [quay] = factsOf(set.facts, 'operation')
  const said = factsOf(set.facts, 'error').map((one) => sayFact(one, quay ? operationTitle(quay) : ''))
  expect(said.find((one) => one.includes('answer 403'))).toContain(
    '`v5.Parse(query.t, key).Claims` is no `jwt.MapClaims`',
  )
})
