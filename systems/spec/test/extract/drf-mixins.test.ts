import { expect, test } from 'vitest'
import { extractFiles } from '../packs/fixture.ts'

async function answersOf(views: string, urls: string) {
  const { set } = await extractFiles({
    'requirements.txt': 'django\ndjangorestframework\n',
    'depot/urls.py': `
from django.urls import include, path
from rest_framework import routers
from depot import views

router = routers.SimpleRouter()
${urls}
`,
    'depot/models.py': `
from django.db import models
class Crate(models.Model):
    label = models.CharField(max_length=20)
`,
    'depot/views.py': `
from rest_framework import exceptions, generics, serializers, viewsets
from depot.models import Crate

class CrateSerializer(serializers.ModelSerializer):
    class Meta:
        model = Crate
        fields = ('label',)

class LotSerializer(serializers.Serializer):
    size = serializers.IntegerField()

${views}
`,
  })
  const titles = new Map(
    set.facts.flatMap((fact) =>
      fact.kind === 'operation' ? [[fact.id, `${fact.method} ${fact.path}`]] : [],
    ),
  )
  return set.facts
    .flatMap((fact) =>
      (fact.kind === 'response' || fact.kind === 'error') && fact.grade !== 'open'
        ? [`${titles.get(fact.operation)} ${fact.status}`]
        : fact.kind === 'body' && fact.shape.type === 'model'
          ? [`${titles.get(fact.operation)} takes ${fact.shape.name}`]
          : [],
    )
    .toSorted()
}

test('a method of a view that hands on to the mixin that it extends answers as that does [SPEC-PACKS-01]', async () => {
  const found = await answersOf(
    `
class Owned(viewsets.ModelViewSet):
    queryset = Crate.objects.all()
    serializer_class = CrateSerializer
    def create(self, request, *args, **kwargs):
        if not isinstance(request.data, dict):
            raise exceptions.PermissionDenied('no')
        return super().create(request, *args, **kwargs)

class Crates(Owned):
    http_method_names = ['post', 'delete', 'patch']
    def create(self, request):
        return super().create(request)
    def destroy(self, request, pk):
        answer = super().destroy(request, pk)
        return answer

class Lots(generics.ListCreateAPIView):
    queryset = Crate.objects.all()
    def get_serializer_class(self):
        return LotSerializer
    def get(self, request):
        return self.list(request)
    def post(self, request):
        return super().post(request)
`,
    `
router.register('crates', views.Crates)
urlpatterns = [path('', include(router.urls)), path('lots/', views.Lots.as_view())]
`,
  )
  expect(found).toEqual([
    'DELETE /crates/{id}/ 204',
    'DELETE /crates/{id}/ 404',
    'GET /lots/ 200',
    'PATCH /crates/{id}/ 200',
    'PATCH /crates/{id}/ 400',
    'PATCH /crates/{id}/ 404',
    'POST /crates/ 201',
    'POST /crates/ 400',
    'POST /crates/ 403',
    'POST /crates/ takes CrateSerializer',
    'POST /lots/ 201',
    'POST /lots/ 400',
    'POST /lots/ takes LotSerializer',
  ])
})
