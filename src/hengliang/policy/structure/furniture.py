"""What a web page or an office system puts around a document, and no part of it."""

import re

from hengliang.policy.repair.width import narrow

_LINE = re.compile(
    r"^(?:当前位置|您的位置|您现在的位置|首页\s*[>》|]|发布(?:时间|日期)\s*:|发文(?:时间|日期)\s*:"
    r"|成文日期\s*:|索引号|信息分类|主题分类"
    r"|有效性|信息来源|来源\s*:|\(来源\s*:.*\)$|作者\s*:|编辑\s*:|责任编辑|浏览(?:次数|量)|阅读(?:次数"
    r"|量)?\s*:|点击(?:数|量|次数)|访问量"
    r"|【?字体|【?字号|字体大小|打印(?:本页)?$|\[?打印|关闭(?:窗口|本页)?$|分享(?:到|至)|扫一扫|扫码|二维码|上一篇|下一篇|相关(?:阅读|链接|稿件)"
    r"|返回(?:顶部|首页)|版权所有|主办单位\s*:.*(?:ICP|网站)|.*ICP备|.*公网安备|网站(?:地图|标识码)"
    r"|联系我们|无障碍|繁体版|收藏本"
    r"|【?(?:大|中|小)】?\s*(?:【?(?:大|中|小)】?\s*)+$|.{0,12}我要纠错)"
)
_ATTACHED = re.compile(
    r"(?:\.(?:docx?|pdf|wps|xlsx?|ofd|zip|rar))\s*$"
    r"|^附件\s*[:\d一二三四五六七八九十]{0,3}\s*[:、.]?\s*\d*[、.]?《?.{0,60}》?.{0,20}$"
)


def is_furniture(line: str) -> bool:
    """Whether a line is a menu, a counter, a footer or the name of an attached file."""
    flat = narrow(line).strip()
    return len(flat) < 200 and bool(_LINE.match(flat) or (len(flat) < 90 and _ATTACHED.search(flat)))


PUBLISHED = re.compile(r"(?:发布|发文|成文)(?:时间|日期)\s*:\s*(20\d\d)[-./年](\d{1,2})[-./月](\d{1,2})")
