"""Makes the invented files that hang on posts of the demo: `.venv/bin/python scripts/build_demo_files.py`.

Writes into src/lomwong/demo/content/files/. The PDF is printed by Debian's chromium, as Thai offices do it.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "src"))

from lomwong.posts.tests.papers import make_docx, make_pptx, make_xlsx  # noqa: E402

FOLDER = ROOT / "src/lomwong/demo/content/files"
FONT = ROOT / "src/lomwong/kit/static/lomwong/fonts/text-400-thai.woff2"

PAGE = """<!doctype html><html lang="th"><meta charset="utf-8"><title>แบบประมาณการประชุม</title>
<style>@font-face {{ font-family: T; src: url({font}) }} body {{ font: 12pt/1.8 T, sans-serif; margin: 2cm }}
td, th {{ border: 1px solid #555; padding: 4px 10px }} table {{ border-collapse: collapse }}</style>
<h1>แบบประมาณการจัดประชุมหนึ่งวัน</h1>
<p>ตัวอย่างที่ผ่านมาแล้วสามงาน แก้ตัวเลขในตารางให้เป็นของหน่วยงานตัวเอง แล้วแนบกับขออนุมัติโครงการได้เลย</p>
<table><tr><th>รายการ<th>จำนวน<th>อัตรา<th>รวม (บาท)
<tr><td>อาหารกลางวัน ข้าวหมกไก่พร้อมน้ำซุป<td>60 คน<td>120<td>7,200
<tr><td>อาหารว่างเช้าและบ่าย<td>60 คน × 2 มื้อ<td>35<td>4,200
<tr><td>น้ำดื่มตั้งโต๊ะ<td>5 โหล<td>60<td>300
<tr><td>ค่าถ่ายเอกสารประกอบการประชุม<td>60 ชุด<td>25<td>1,500</table>
<h2>อย่าลืมเก็บ</h2>
<ul><li>ใบเซ็นรับอาหารกล่อง กรณีมีคนกลับก่อนเที่ยง<li>สำเนาใบรับรองฮาลาลของร้าน<li>ภาพถ่ายหน้าห้องประชุมหนึ่งภาพ</ul>
<p>ถ้าจำนวนคนจริงน้อยกว่าที่ขอไว้เกินหนึ่งในห้า ให้เขียนเหตุผลหนึ่งบรรทัดท้ายรายงาน จะได้ไม่ต้องชี้แจงซ้ำ</p></html>"""


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    draw(Path(__file__).with_name("folder-walk.html"), FOLDER / "folder-walk.png")
    (FOLDER / "freeze-dryer.xlsx").write_bytes(
        make_xlsx(
            ["ข้อกำหนด", "ยี่ห้อ A", "ยี่ห้อ B", "ยี่ห้อ C", "จำเป็นแค่ไหน"],
            ["อุณหภูมิคอนเดนเซอร์ (°C)", "-80", "-85", "-55", "ตัวอย่างของเรามีเอทานอล ต้องถึง -80"],
            ["ความจุน้ำแข็ง (ลิตร)", 4, 6, 4, "4 ลิตรพอ วันละสองรอบ"],
            ["ปั๊มสุญญากาศแบบไม่ใช้น้ำมัน", "มี", "มี", "ไม่มี", "ไม่จำเป็น มีก็ดี"],
            ["หน้าจอสัมผัส 10 นิ้ว", "ไม่มี", "มี", "ไม่มี", "ตัดออก ข้อนี้แหละที่โดนทักว่าล็อกสเปก"],
            ["บริการหลังการขายในภาคใต้", "มี", "มี", "มี", "เครื่องเสียแล้วต้องมีคนมาภายใน 3 วัน"],
        )
    )
    (FOLDER / "restore-rehearsal.docx").write_bytes(
        make_docx(
            "บันทึกซ้อมกู้ข้อมูล ครั้งที่ 2",
            "ลำดับการเปิดเครื่องที่ใช้ได้จริง: สวิตช์หลัก → storage → เครื่องเสมือนของ DNS → ฐานข้อมูล → เว็บ",
            "เริ่มจับเวลา 09.10 น. ฐานข้อมูลเวชระเบียนจำลองเปิดได้ 10.42 น. ช้ากว่าเป้า 32 นาที",
            "ที่ช้าคือหากุญแจถอดรหัสเทปไม่เจอ ตอนนี้ใส่ซองปิดผนึกไว้สองซอง คนละตึก",
            "ครั้งหน้าให้คนที่ไม่เคยทำเป็นคนพิมพ์ คนเก่านั่งเงียบ ๆ แล้วจดว่าเขาติดตรงไหน",
        )
    )
    (FOLDER / "waste-labels.pptx").write_bytes(
        make_pptx(
            "ป้ายถังของเสียในแล็บ\nพิมพ์ขนาด A5 เคลือบพลาสติก ติดที่ถังและที่ผนังเหนือถัง",
            "ตารางความเข้ากันได้ของสารเคมีอย่างย่อ\nกรดไนตริกกับตัวทำละลายอินทรีย์: ห้ามเด็ดขาด\n"
            "ไฮโปคลอไรต์กับกรด: ห้าม เกิดก๊าซคลอรีน\nกรดกับด่างเข้มข้น: แยกถัง",
            "บนป้ายต้องมีสี่อย่าง\nชื่อเต็มของสาร ไม่ใช่สูตรย่อ\nวันที่เริ่มเติม\nชื่อคนดูแลถังและเบอร์โทร\nระดับเติมสูงสุดสามในสี่",
        )
    )
    print_pdf(PAGE.format(font=FONT.as_uri()), FOLDER / "meeting-estimate.pdf")


def print_pdf(page: str, path: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "page.html"
        source.write_text(page, encoding="utf-8")
        options = ["--headless", "--no-sandbox", "--disable-gpu", "--allow-file-access-from-files"]
        options += ["--no-pdf-header-footer", f"--print-to-pdf={path}", f"--user-data-dir={folder}/profile"]
        subprocess.run(["chromium", *options, source.as_uri()], check=True, capture_output=True, timeout=120)


def draw(page: Path, target: Path) -> None:
    with tempfile.TemporaryDirectory() as scratch:
        source = Path(scratch) / "sketch.html"
        source.write_text(page.read_text().replace("@font@", FONT.as_uri()))
        options = ["--headless", "--no-sandbox", "--allow-file-access-from-files", "--window-size=1200,700"]
        subprocess.run(["chromium", *options, f"--screenshot={target}", source.as_uri()], check=True, cwd=scratch)


if __name__ == "__main__":
    main()
