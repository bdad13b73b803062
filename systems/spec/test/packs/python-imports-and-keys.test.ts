import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { extractFiles } from './fixture.ts'

test('Python: of two imports of one name the later holds, and a class of the program is no answer [SPEC-EXTRACT-03]', async () => {
  const { set } = await extractFiles({
    'requirements.txt': 'fastapi\n',
    'kiln.py': `from dataclasses import dataclass


@dataclass
class Response:
    note: str
    status_code: int
`,
    'app.py': `from fastapi import FastAPI, Response
from kiln import Response

app = FastAPI()


@app.post("/bricks")
def fire():
    return Response(note="cold", status_code=500)
`,
  })
  expect(factsOf(set.facts, 'error').map(({ status }) => status)).not.toContain(500)
  expect(factsOf(set.facts, 'response').map(({ status }) => status)).toEqual([200])
})

test('REST framework: a key of a related thing is what its field says [SPEC-EXTRACT-03]', async () => {
  const { set } = await extractFiles({
    'requirements.txt': 'djangorestframework\n',
    'kilns.py': `from rest_framework import serializers, viewsets


class KilnKey(serializers.Field):
    def to_internal_value(self, data):
        return int(data)


class BrickSerializer(serializers.Serializer):
    kiln = serializers.PrimaryKeyRelatedField(queryset=None, pk_field=KilnKey())
    mould = serializers.PrimaryKeyRelatedField(queryset=None, pk_field=serializers.UUIDField())
    batch = serializers.PrimaryKeyRelatedField(queryset=None)


class Bricks(viewsets.ModelViewSet):
    serializer_class = BrickSerializer
`,
    'urls.py': `from rest_framework.routers import DefaultRouter
from kilns import Bricks

router = DefaultRouter()
router.register("bricks", Bricks)
urlpatterns = router.urls
`,
  })
  const [model] = factsOf(set.facts, 'model')
  expect(model?.fields.map(({ name, shape }) => `${name} ${shape.type}`)).toEqual([
    'kiln unknown',
    'mould string',
    'batch integer',
  ])
})
