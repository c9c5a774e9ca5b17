# Independent references: CRPS by direct numerical integration of (F - 1{x>=y})^2 with scipy, DM with numpy.
import numpy as np, json
from scipy import stats, integrate
out={"crps":[], "dm":[]}
def crps(F, y, lo, hi):
    a,_=integrate.quad(lambda x: F(x)**2, lo, y, epsabs=1e-13, epsrel=1e-12, limit=2000) if y>lo else (0,0)
    b,_=integrate.quad(lambda x: (1-F(x))**2, y, hi, epsabs=1e-13, epsrel=1e-12, limit=2000) if y<hi else (0,0)
    return a+b
def student(F,y,loc,s,nu):
    # split the line at several places so that quad sees every part
    pts=sorted(set([-np.inf]+[loc+s*k for k in (-1000,-100,-20,-5,-1,0,1,5,20,100,1000)]+[y,np.inf]))
    tot=0
    for l,h in zip(pts,pts[1:]):
        f=(lambda x:F(x)**2) if h<=y else (lambda x:stats.t.sf((x-loc)/s,nu)**2)
        tot+=integrate.quad(f,l,h,epsabs=1e-14,epsrel=1e-12,limit=500)[0]
    return tot
for nu in (2,3,4.5,9,30,200):
    for y in (-7.0,0.4,3.0,3.1,25.0):
        loc,s=3.0,1.7
        F=lambda x:stats.t.cdf((x-loc)/s,nu)
        out["crps"].append(dict(kind="student",nu=nu,location=loc,scale=s,actual=y,value=student(F,y,loc,s,nu)))
# normal closed form (Gneiting and Raftery 2007): the limit of many degrees of freedom
for y in (-2.0,0.0,1.3):
    z=y; out["crps"].append(dict(kind="normal",nu=1e7,location=0.0,scale=1.0,actual=y,value=z*(2*stats.norm.cdf(z)-1)+2*stats.norm.pdf(z)-1/np.sqrt(np.pi)))
# log-t with a ceiling: F is the t cdf of log x below the ceiling, 1 at it
for nu,s,cap in ((4,0.3,1000.0),(2,0.8,1000.0),(12,0.05,1000.0)):
    for y in (20.0,95.0,140.0,900.0):
        loc=np.log(100.0)
        F=lambda x: 0.0 if x<=0 else stats.t.cdf((np.log(x)-loc)/s,nu)
        pts=sorted(set([0,1e-6,1e-3,1,5,20,50,80,90,95,100,105,110,120,150,200,400,700,cap,y]))
        tot=0
        for l,h in zip(pts,pts[1:]):
            f=(lambda x:F(x)**2) if h<=y else (lambda x:(1-F(x))**2)
            tot+=integrate.quad(f,l,h,epsabs=1e-13,epsrel=1e-12,limit=500)[0]
        out["crps"].append(dict(kind="log",nu=nu,location=loc,scale=s,actual=y,value=tot))
# log odds between 0 and 100
for nu,s in ((4,0.5),(3,2.0)):
    for y in (0.0,30.0,55.0,100.0):
        loc=0.2
        F=lambda x: 0.0 if x<=0 else 1.0 if x>=100 else stats.t.cdf((np.log(x/(100-x))-loc)/s,nu)
        pts=sorted(set([0,1e-3,0.1,1,5,10,20,30,40,50,55,60,70,80,90,95,99,99.9,99.999,100,y])); tot=0
        for l,h in zip(pts,pts[1:]):
            f=(lambda x:F(x)**2) if h<=y else (lambda x:(1-F(x))**2)
            tot+=integrate.quad(f,l,h,epsabs=1e-13,epsrel=1e-12,limit=500)[0]
        out["crps"].append(dict(kind="log-odds",nu=nu,location=loc,scale=s,actual=y,value=tot))
# natural scale with a floor at zero (counts): mass below stands at zero
for nu,loc,s in ((3,1.0,2.0),(8,6.0,2.0)):
    for y in (0.0,1.0,7.0):
        F=lambda x: 0.0 if x<0 else stats.t.cdf((x-loc)/s,nu)
        pts=sorted(set([0.0,0.5,1,2,4,6,8,12,20,50,200,2000,y,np.inf])); tot=0
        for l,h in zip(pts,pts[1:]):
            f=(lambda x:F(x)**2) if h<=y else (lambda x:stats.t.sf((x-loc)/s,nu)**2)
            tot+=integrate.quad(f,l,h,epsabs=1e-13,epsrel=1e-12,limit=500)[0]
        out["crps"].append(dict(kind="floor",nu=nu,location=loc,scale=s,actual=y,value=tot))
# mixture of two t, weights .3 .7
w=[.3,.7]; locs=[0.0,4.0]; ss=[1.0,0.4]; nu=5
for y in (-1.0,2.0,4.1,9.0):
    F=lambda x:sum(a*stats.t.cdf((x-l)/s,nu) for a,l,s in zip(w,locs,ss)); S=lambda x:sum(a*stats.t.sf((x-l)/s,nu) for a,l,s in zip(w,locs,ss))
    pts=sorted(set([-np.inf,-50,-10,-3,-1,0,1,2,3,3.5,4,4.5,5,6,10,50,y,np.inf])); tot=0
    for l,h in zip(pts,pts[1:]):
        f=(lambda x:F(x)**2) if h<=y else (lambda x:S(x)**2)
        tot+=integrate.quad(f,l,h,epsabs=1e-14,epsrel=1e-12,limit=500)[0]
    out["crps"].append(dict(kind="mixture",nu=nu,location=0,scale=1,actual=y,value=tot))
# Poisson
for mu in (2.5,40.0):
    for y in (0.0,3.0,37.0,60.0):
        k=np.arange(0,2000); F=stats.poisson.cdf(k,mu)
        out["crps"].append(dict(kind="poisson",nu=mu,location=0,scale=1,actual=y,value=float(np.sum((F-(k>=y))**2))))
rng=np.random.default_rng(7)
d0=rng.normal(size=40)
def dm(d,h):
    T=len(d); m=np.mean(d)
    g=[np.sum((d[k:]-m)*(d[:T-k]-m))/T for k in range(h)]
    V=g[0]+2*sum(g[1:]); bart=False
    if V<=0: V=g[0]+2*sum((1-k/h)*g[k] for k in range(1,h)); bart=True
    st=m/np.sqrt(V/T)*np.sqrt((T+1-2*h+h*(h-1)/T)/T)
    return st, 2*stats.t.sf(abs(st),T-1), bart
for name,d,h in (("white",np.round(d0*0.5+0.15,4),1),("overlap",np.round(np.convolve(d0,[1,1,1],"valid")*0.4+0.3,4),3),("short",np.array([0.2,-0.1,0.4,0.35]),2),("long",np.round(np.cumsum(d0)*0.1+0.2,4),6),("alternating",np.array([1.,-.8,1.1,-.9,.7,-1.,1.2,-.6]),2)):
    st,p,b=dm(d,h); out["dm"].append(dict(name=name,differences=list(map(float,d)),horizon=h,statistic=float(st),p=float(p),bartlett=b))
json.dump(out,open("references.json","w"),indent=0)
