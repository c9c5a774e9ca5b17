import numpy as np, json
from scipy.optimize import nnls
rng=np.random.default_rng(42)
out=[]
for m,n in [(3,2),(6,4),(12,5),(30,8),(4,6),(50,10)]:
    A=rng.normal(size=(m,n)); b=rng.normal(size=m)
    if m==30: A=np.abs(A); b=A@np.array([1,0,2,0,0,.5,0,0])+.1*rng.normal(size=m)
    A=np.round(A,4); b=np.round(b,4)
    x,r=nnls(A,b)
    out.append(dict(design=A.tolist(),response=b.tolist(),coefficients=x.tolist(),residualNorm=r))
print(json.dumps(out))
