#!/usr/bin/env python3
"""gen.py N DIR: N mixed article files, 1 % broken, every text its own, in sub-folders of 1000."""
import sys, os, random, json, zipfile, io, gzip
n, out = int(sys.argv[1]), sys.argv[2]
r = random.Random(7)
CO = ["Sudan","Ukraine","Syria","Yemen","Haiti","Chad","Mali","Somalia","Ethiopia","Myanmar","Afghanistan","Nepal","Peru","Kenya","Niger"]
WHO = ["UNHCR","OCHA","the health ministry","local officials","the Red Cross","WFP","police","the governor"]
syl = ["ka","ro","mi","ten","da","lu","so","ve","ra","bi","no","gu","pel","tar","shi","mon"]
def place(): return "".join(r.choice(syl) for _ in range(3)).capitalize()
filler = "market road river school bridge harvest council winter morning lorry tent doctor radio valley engine border rain committee letter teacher garden".split()
def fill(): return "The " + " ".join(r.choice(filler) for _ in range(9)) + " of " + place() + " was talked about for days."
def para():
    p, c, w = place(), r.choice(CO), r.choice(WHO)
    k = r.randint(2, 900); i = r.randint(3, 4000); d = r.randint(1000, 90000)
    return r.choice([
        f"At least {k} people were killed and {i:,} injured in {p}, {c}, {w} said.",
        f"Nearly {d:,} people have been displaced from {p} in {c} since January, according to {w}.",
        f"Floods in {p}, {c}, destroyed {i:,} homes and left {k} people missing, {w} said on Monday.",
        f"{d:,} refugees have crossed from {c} near {p}, {w} reported.",
        f"{w[0].upper()+w[1:]} said {k} people died in {p} and {i:,} families were evacuated in {c}.",
    ])
def text(): return "\n\n".join([ (para() if r.random()<.6 else fill())+" "+fill()+" "+fill() for _ in range(r.randint(2,6))])
def date(): return f"20{r.randint(10,24)}-{r.randint(1,12):02}-{r.randint(1,28):02}"
def esc(s): return s.replace("&","&amp;").replace("<","&lt;")
def html(i,t,d):
    return f'<!doctype html><html lang="en"><head><title>News {i} from {place()}</title><meta property="article:published_time" content="{d}"><link rel="canonical" href="https://example.org/{i}"></head><body><nav><ul><li><a href="/">Home</a></li></ul></nav><article><h1>News {i}</h1>'+"".join(f"<p>{esc(p)}</p>" for p in t.split("\n\n"))+"</article><footer>About us</footer></body></html>"
def docx(t):
    b=io.BytesIO(); z=zipfile.ZipFile(b,"w",zipfile.ZIP_DEFLATED)
    z.writestr("[Content_Types].xml",'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>')
    z.writestr("word/document.xml",'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'+"".join(f"<w:p><w:r><w:t>{esc(p)}</w:t></w:r></w:p>" for p in t.split("\n\n"))+"</w:body></w:document>")
    z.close(); return b.getvalue()
def pdf(t):
    lines=[]
    for p in t.split("\n\n"):
        w=p.split(); l=""
        for x in w:
            if len(l)+len(x)>80: lines.append(l); l=""
            l+=(" " if l else "")+x
        lines += [l,""]
    s="BT /F1 10 Tf 60 780 Td 13 TL "+"".join("("+l.replace("\\","").replace("(","").replace(")","")+") Tj T* " for l in lines)+"ET"
    objs=["<</Type/Catalog/Pages 2 0 R>>","<</Type/Pages/Kids[3 0 R]/Count 1>>","<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",f"<</Length {len(s)}>>stream\n{s}\nendstream","<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"]
    o=b"%PDF-1.4\n"; off=[]
    for i,x in enumerate(objs): off.append(len(o)); o+=f"{i+1} 0 obj{x}endobj\n".encode("latin1","replace")
    q=len(o); o+=b"xref\n0 6\n0000000000 65535 f \n"+b"".join(b"%010d 00000 n \n"%x for x in off)+b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF"%q
    return o
for i in range(n):
    d=f"{out}/{i//1000:03}"
    if i%1000==0: os.makedirs(d,exist_ok=True)
    t,dt=text(),date(); k=i%20; f=f"{d}/{i:06}"
    if i%100==50: # broken
        j=(i//100)%6
        name,b=[("a.pdf",pdf(t)[:80]),("a.docx",docx(t)[:100]),("a.jsonl",b'{"text": '),("a.txt",b""),("a.zip",b"PK\3\4xx"),("a.html",b"<html><body></body></html>")][j]
        open(f+name,"wb").write(b); continue
    if k<7: open(f+".txt","w").write(f"{t}\n")
    elif k<9: open(f+".md","w").write(f"---\ntitle: Report {i}\npublished: {dt}\npublisher: Wire {i%9}\n---\n{t}\n")
    elif k<15: open(f+".html","w").write(html(i,t,dt))
    elif k<16: open(f+".jsonl","w").write(json.dumps({"id":f"j{i}","published":dt,"text":t})+"\n")
    elif k<17: open(f+".docx","wb").write(docx(t))
    elif k<18: open(f+".pdf","wb").write(pdf(t))
    elif k<19:
        with gzip.open(f+".html.gz","wb") as g: g.write(html(i,t,dt).encode())
    else:
        z=zipfile.ZipFile(f+".zip","w",zipfile.ZIP_DEFLATED); z.writestr("a.txt",t); z.close()
